import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ViewEngine } from '../../../src/pages/views/view-engine.js';
import type { Portal } from '../../support/portal/portal.js';
import { keepPicture } from './album.js';
import { faultsOf, type Look, lookAt, looks, scrollsSideways, usualLooks } from './looks.js';
import type { BrowserUser } from './browser-user.js';
import type { Shown } from './walks/walk.js';

/** Checks each page of a walk, and collects its faults and the names of its views. */
export class Inspection {
  /** One line for each fault. */
  readonly faults: string[] = [];
  private readonly render;

  /** @param picture the name of a page's screenshot; null: none is stored. */
  constructor(
    site: Portal,
    private readonly screens: readonly Look[] = usualLooks,
    private readonly picture: (name: string) => string | null = (name) => name,
  ) {
    this.render = jest.spyOn(site.app.get(ViewEngine, { strict: false }), 'render');
  }

  /** The function that a walk calls for each of its pages. */
  of({ page }: BrowserUser): Shown {
    return async (name) => {
      const told = [...(await outlineFaults(page)), ...(await this.looksAt(page))];
      for (const fault of told) this.faults.push(`${name}: ${fault}`);
      const picture = this.picture(name);
      if (picture !== null) await keepPicture(page, picture);
      await lookAt(page, looks.desktop);
    };
  }

  /** The names of all views that were rendered so far. */
  get views(): ReadonlySet<string> {
    return new Set(this.render.mock.calls.map(([view]) => view));
  }

  private async looksAt(page: Page): Promise<string[]> {
    const faults = (await scrollsSideways(page)) ? ['scrolls sideways at 320 px'] : [];
    for (const look of this.screens) faults.push(...(await faultsOf(page, look)));
    return faults;
  }
}

/** Checks the outline of a page: one heading, which is the title, at most one element with autofocus, and refusals that are heard. */
async function outlineFaults(page: Page): Promise<string[]> {
  const wanting = await page.locator('main [autofocus]').count();
  const headings = await page.locator('h1').allInnerTexts();
  const [, refused, title = ''] = /^(Error: |Fehler: )?(.+) · .+$/.exec(await page.title()) ?? [];
  return [
    ...(wanting > 1 ? [`${wanting} elements want the first focus`] : []),
    ...(headings.length === 1 ? [] : [`${headings.length} headings of the first level`]),
    ...(headings[0] === title ? [] : [`the title is “${await page.title()}”, the heading “${headings[0]}”`]),
    ...(await refusalFaults(page, refused !== undefined)),
  ];
}

/** A page that shows an error says so first in its title, and has the focus at the error. A page of a problem alone has no such place. */
async function refusalFaults(page: Page, isTold: boolean): Promise<string[]> {
  const errors = 'main [role=alert]:visible, main [aria-invalid=true]:visible';
  if ((await page.locator(errors).count()) === 0) {
    const status = Number(await page.evaluate(statusOfPage));
    return isTold === status >= 400
      ? []
      : [`the title “${await page.title()}” does not fit the status ${status}`];
  }
  const focused = await page.locator('main [role=alert]:focus, main [aria-invalid=true]:focus').count();
  return [
    ...(isTold ? [] : [`the title “${await page.title()}” does not tell the error`]),
    ...(focused === 1 ? [] : ['the focus is not at the error']),
  ];
}

/** The status of the answer that this page shows, as the browser knows it. */
const statusOfPage = "performance.getEntriesByType('navigation')[0].responseStatus";
