import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { portal } from '../../support/portal/portal.js';
import { inChromium, storyTime, withoutCookies } from '../support/chromium.js';
import { type Scene, sceneOf } from '../support/scene.js';

/** Where pictures go, for those who look at them. */
const album = process.env['LOST_WORDS_PICTURES'];

async function picture(name: string, page: Page): Promise<void> {
  if (album !== undefined) await page.screenshot({ path: join(album, `${name}.png`), fullPage: true });
}

function endedSession(scene: Scene): void {
  it(
    'a session that ended while somebody wrote loses no word',
    async () => {
      const { site, user } = scene;
      const ann = await site.account('Ann');
      await user.signsIn(ann);
      await user.goes('/tickets');
      await user.writes('Subject', 'The site is down');
      await user.writes('What can we do for you?', 'Since noon.\n\nIt says "error 500".');
      site.clock.passesMinutes(31);
      await user.clicks('Open ticket');
      expect(await user.text()).toContain('Your session has ended. Please sign in again.');
      await picture('session-ended', user.page);
      await user.writes('E-mail address', ann.email);
      await user.writes('Password', ann.password);
      await user.clicks('Sign in');
      expect(await user.field('What can we do for you?').inputValue()).toBe(
        'Since noon.\n\nIt says "error 500".',
      );
      await picture('form-again', user.page);
      await user.clicks('Open ticket');
      expect(user.path).toMatch(/^\/tickets\/./);
      expect(await user.text()).toContain('It says "error 500".');
    },
    storyTime,
  );
}

function blockedCookies(scene: Scene): void {
  it(
    'a browser that blocks cookies is told so, and keeps the typed address',
    async () => {
      const ann = await scene.site.account('Ann');
      const folder = await mkdtemp(join(tmpdir(), 'without-cookies-'));
      const context = await withoutCookies(folder);
      try {
        const page = await context.newPage();
        await page.goto(`http://localhost:${scene.site.config.port}/login?returnTo=/invoices`);
        for (let times = 0; times < 2; times += 1) {
          await page.getByLabel('E-mail address').fill(ann.email);
          await page.getByLabel('Password').fill(ann.password);
          await page.getByRole('button', { name: 'Sign in' }).click();
          expect(await page.getByRole('alert').innerText()).toContain('Allow cookies for this site');
          expect(await page.getByLabel('E-mail address').inputValue()).toBe(ann.email);
        }
        expect(await page.locator('[name=returnTo]').getAttribute('value')).toBe('/invoices');
        await picture('no-cookies', page);
      } finally {
        await context.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
    storyTime,
  );
}

inChromium((browser) => {
  const scene = sceneOf(browser, () => portal());
  endedSession(scene);
  blockedCookies(scene);
});
