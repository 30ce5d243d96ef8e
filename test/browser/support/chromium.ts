import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';

/** Names the Chromium that these stories are clicked in. */
const binary = process.env['TEST_CHROMIUM'];

/** As root there is no sandbox; and the browser keeps to the pages it is shown. */
const switches = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long one story may take, in milliseconds: real pages on a machine that does other things besides. */
export const storyTime = 300_000;

/** Tells stories in a real Chromium; without one they are reported as not run. */
export function inChromium(tell: (browser: () => Browser) => void): void {
  if (!binary) {
    describe.skip('in Chromium (not run: TEST_CHROMIUM is not set)', () => tell(notStarted));
    return;
  }
  describe('in Chromium', () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: binary, args: switches });
    });
    afterAll(() => browser?.close());
    tell(() => browser ?? notStarted());
  });
}

/** A Chromium whose settings block the cookies of all sites, with its profile in this folder. */
export async function withoutCookies(folder: string): Promise<BrowserContext> {
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  await mkdir(join(folder, 'Default'));
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(settings));
  return chromium.launchPersistentContext(folder, { executablePath: binary ?? '', args: switches });
}

function notStarted(): never {
  throw new Error('Chromium has not been started.');
}
