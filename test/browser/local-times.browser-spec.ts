import type { Page } from 'playwright-core';
import { inChromium, storyTime } from './support/chromium.js';
import { alice, demoPortal } from './support/people.js';
import { sceneOf } from './support/scene.js';

const times = (page: Page) => page.locator('main time').allInnerTexts();

inChromium((browser) => {
  describe('a reader in Berlin', () => {
    const scene = sceneOf(browser, () => demoPortal(), { timezoneId: 'Europe/Berlin', locale: 'de-DE' });

    it(
      'sees times of Berlin in the German format, from the first page with times on',
      async () => {
        const { user } = scene;
        await user.goes('/login');
        await user.page.getByLabel('E-Mail-Adresse').fill(alice.email);
        await user.page.getByLabel('Passwort', { exact: true }).fill(alice.password);
        await user.page.getByRole('button', { name: 'Anmelden', exact: true }).click();
        await user.goes('/account/sessions');
        const shown = await times(user.page);
        expect(shown.length).toBeGreaterThan(0);
        expect(shown.filter((text) => !/^01\.01\.2030, 01:\d\d MEZ$/.test(text))).toEqual([]);
      },
      storyTime,
    );
  });

  describe('a reader without scripts', () => {
    const options = { timezoneId: 'Europe/Berlin', javaScriptEnabled: false };
    const scene = sceneOf(browser, () => demoPortal({ PORTAL_TIME_ZONE: 'Asia/Tokyo' }), options);

    it(
      'sees times of the provider, with the zone named',
      async () => {
        const { user } = scene;
        await user.signsIn(alice);
        await user.goes('/account/sessions');
        const shown = await times(user.page);
        expect(shown.length).toBeGreaterThan(0);
        expect(shown.filter((text) => !text.endsWith('GMT+9'))).toEqual([]);
      },
      storyTime,
    );
  });
});
