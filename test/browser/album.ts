import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { darkDesktop, desktop, lookAt, phone } from './looks.js';

/** Where `npm run screenshots` keeps pictures; tests alone keep none. */
const folder = process.env['SCREENSHOTS'];

/** The page that is shown in the dark too: there a QR code is hardest to read. */
const alsoDark = 'set-up';

/** Keeps a picture of the whole page at desktop and phone width. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  for (const look of [...(name === alsoDark ? [darkDesktop] : []), phone, desktop]) {
    await lookAt(page, look);
    await page.screenshot({ path: join(folder, `${name}-${look.name}.png`), fullPage: true });
  }
}
