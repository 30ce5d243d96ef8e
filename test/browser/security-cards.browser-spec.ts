import type { Page } from 'playwright-core';
import { keepPicture } from './support/album.js';
import { inChromium, storyTime } from './support/chromium.js';
import { faultsOf, looks, lookAt, scrollsSideways } from './support/looks.js';
import { alice, demoPortal } from './support/people.js';
import { sceneOf } from './support/scene.js';
import { signsInWithPhone } from './support/walks/walk.js';

const forms = ['Rename', 'Remove'] as const;

/** Where everything else is on the page. */
const places = (page: Page) =>
  page.evaluate<string>(
    'JSON.stringify([...document.querySelectorAll("main h2, main summary")].map((each) => each.getBoundingClientRect()))',
  );

inChromium((browser) => {
  describe('the forms of a card on the Security page', () => {
    const scene = sceneOf(browser, () => demoPortal());

    it(
      'move nothing, fit a telephone, and are closed by “Cancel” and by Escape',
      async () => {
        const { user } = scene;
        await signsInWithPhone({ user, person: alice });
        await user.goes('/account/security');
        const { page } = user;
        for (const words of forms) {
          const button = page.locator('summary').getByText(words);
          const cancel = page.locator('.act:visible').getByText('Cancel');
          await lookAt(page, looks.desktop);
          const before = await places(page);
          await button.click();
          expect(await cancel.isVisible()).toBe(true);
          expect(await places(page)).toBe(before);
          expect(await faultsOf(page, looks.desktop)).toEqual([]);
          expect(await scrollsSideways(page)).toBe(false);
          await keepPicture(page, `security-${words.toLowerCase()}`);
          await cancel.click();
          expect(await page.locator('.act:visible').count()).toBe(0);
          expect(await user.attended()).toMatch(words);
          await button.click();
          await page.keyboard.press('Escape');
          expect(await page.locator('.act:visible').count()).toBe(0);
          expect(await places(page)).not.toBe('[]');
        }
      },
      storyTime,
    );
  });

  describe('the same forms without scripts', () => {
    const scene = sceneOf(browser, () => demoPortal(), { javaScriptEnabled: false });

    it(
      'are closed by “Cancel”',
      async () => {
        const { user } = scene;
        await signsInWithPhone({ user, person: alice });
        await user.goes('/account/security');
        await user.page.locator('summary').getByText('Rename').click();
        await user.page.locator('.act:visible').getByText('Cancel').click();
        await user.page.waitForLoadState();
        expect(await user.page.locator('.act:visible').count()).toBe(0);
        expect(new URL(user.page.url()).pathname).toBe('/account/security');
      },
      storyTime,
    );
  });
});
