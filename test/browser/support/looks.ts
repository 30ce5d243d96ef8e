import type { AxeResults } from 'axe-core';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { faintControls } from './control-contrast.js';

/** A screen on which pages are checked. */
export interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
}

const desktop = { name: 'desktop', width: 1280, height: 800 };
const phone = { name: 'phone', width: 390, height: 844 };

/** Every screen except the narrowest. */
export const looks = {
  desktop,
  phone,
  darkDesktop: { ...desktop, name: 'dark', dark: true },
  darkPhone: { ...phone, name: 'dark-phone', dark: true },
} as const satisfies Readonly<Record<string, Look>>;

/** The narrowest screen that must do without scrolling sideways (WCAG 2.2, 1.4.10). */
const narrowest: Look = { name: 'narrow', width: 320, height: 640 };

/** Gives the page this screen. */
export async function lookAt(page: Page, { width, height, dark }: Look): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
}

/** Both widths and both colour schemes. Only screenshot runs check all four, because they take longer. */
export const usualLooks: readonly Look[] = process.env['SCREENSHOTS']
  ? Object.values(looks)
  : [looks.desktop, looks.darkPhone];

/** The accessibility faults of this page, one line each; empty where there are none. */
export async function faultsOf(page: Page, look: Look): Promise<string[]> {
  await lookAt(page, look);
  // It is evaluated from outside, so the policy of the page does not apply.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const options = JSON.stringify({ resultTypes: ['violations'] });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const faults = grave.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} (${look.name}): ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
  return [...faults, ...(await faintControls(page)).map((fault) => `${fault} (${look.name})`)];
}

/** Whether the page scrolls sideways on a screen of 320 pixels. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  await lookAt(page, narrowest);
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  return width > narrowest.width;
}
