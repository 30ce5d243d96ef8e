import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { lookAt, looks } from './looks.js';

/** Where `npm run screenshots` keeps pictures; tests alone keep none. */
const folder = process.env['SCREENSHOTS'];

/** Pages that are shown in the dark too. */
const alsoDark = ['challenge', 'security-on', 'set-up'];

/** Keeps a picture of the whole page at desktop and phone width. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  for (const look of [...(alsoDark.includes(name) ? [looks.darkDesktop] : []), looks.phone, looks.desktop]) {
    await lookAt(page, look);
    const picture = await withPalette(await page.screenshot({ fullPage: true }));
    await writeFile(join(folder, `${name}-${look.name}.png`), picture);
  }
}

/** The same picture with at most 256 colours, a third of the size: pages have few, and many shades at the edges of letters. */
function withPalette(png: Buffer): Promise<Buffer> {
  return sharp(png).png({ palette: true, dither: 0, effort: 10, compressionLevel: 9 }).toBuffer();
}
