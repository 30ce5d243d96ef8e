import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { desktop, lookAt, phone } from './looks.js';

/** Where `npm run screenshots` keeps pictures; tests alone keep none. */
const folder = process.env['SCREENSHOTS'];

/** Pictures of pages. */
export const album = {
  /** Keeps this page at desktop and phone width, the whole of it. */
  async keep(page: Page, name: string, looks = [desktop, phone]): Promise<void> {
    if (!folder) return;
    await mkdir(folder, { recursive: true });
    for (const look of looks) {
      await lookAt(page, look);
      await page.screenshot({ path: join(folder, `${name}-${look.name}.png`), fullPage: true });
    }
    await lookAt(page, desktop);
  },
};
