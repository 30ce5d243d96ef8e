import { chromium, type Browser } from 'playwright-core';

/** Names the Chromium that these stories are clicked in. */
const binary = process.env['TEST_CHROMIUM'];

/** As root there is no sandbox; and the browser keeps to the pages it is shown. */
const switches = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Tells a story in a real Chromium; without one it is reported as not run. */
export function inChromium(story: string, tell: (browser: () => Browser) => void): void {
  if (!binary) {
    describe.skip(`${story} (not run: TEST_CHROMIUM is not set)`, () => tell(notStarted));
    return;
  }
  describe(story, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: binary, args: switches });
    });
    afterAll(() => browser?.close());
    tell(() => browser ?? notStarted());
  });
}

function notStarted(): never {
  throw new Error('Chromium has not been started.');
}
