import type { BrowserContextOptions } from 'playwright-core';
import type { Portal } from '../support/portal/portal.js';
import { inChromium, storyTime } from './support/chromium.js';
import { demoPortal, mia } from './support/people.js';
import { BrowserUser } from './support/browser-user.js';

/** The most that one line of the bar takes, in pixels. */
const oneLine = 72;

const widths = [320, 390, 480, 481, 768, 991, 992, 1199, 1200, 1280] as const;

const places = ['Startseite', 'Dienste', 'Rechnungen', 'Support', 'Mitarbeiterbereich'];
const staffPlaces = [
  ...['Übersicht', 'Kunden', 'Ticket-Übersicht', 'Freigaben', 'Wiederherstellung'],
  'Protokoll',
];

inChromium((browser) => {
  describe('the bar, for staff and in German', () => {
    let site: Portal;
    let user: BrowserUser;

    beforeAll(async () => {
      site = await demoPortal({ PORTAL_NAME: 'A Provider of a Longer Name' });
    }, storyTime);
    afterAll(() => site.close());
    afterEach(async () => {
      expect(user.complaints).toEqual([]);
      await user.leaves();
    });

    async function miaSitsDown(options: BrowserContextOptions = {}): Promise<void> {
      user = await BrowserUser.sitsDown(browser(), site, options);
      await user.signsIn(mia);
      await user.reads('de');
      await user.goes('/staff/clients');
    }

    /** Its height, and whether the page scrolls sideways; pixels. */
    async function barAt(width: number): Promise<[number, boolean]> {
      await user.page.setViewportSize({ width, height: 844 });
      const bar = await user.page.locator('.site-bar').boundingBox();
      const whole = await user.page.evaluate<number>('document.documentElement.scrollWidth');
      return [bar?.height ?? 0, whole > width];
    }

    it(
      'is never more than one line, and never scrolls sideways',
      async () => {
        await miaSitsDown();
        for (const width of widths) {
          const [height, sideways] = await barAt(width);
          expect([width, height > oneLine, sideways]).toEqual([width, false, false]);
        }
      },
      storyTime,
    );

    it(
      'leaves no place out on a phone, also without a script',
      async () => {
        await miaSitsDown({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
        expect(await user.page.getByRole('link', { name: 'Kunden', exact: true }).count()).toBe(0);
        await user.page.getByText('Menü', { exact: true }).click();
        const links = user.page.getByRole('navigation').getByRole('link');
        expect(await links.allInnerTexts()).toEqual([...places, ...staffPlaces]);
        for (const link of await links.all()) {
          const { x = -1, width = 0 } = (await link.boundingBox()) ?? {};
          expect([x >= 0, x + width <= 320]).toEqual([true, true]);
        }
        await user.clicks('Protokoll');
        expect(user.path).toBe('/staff/audit');
      },
      storyTime,
    );

    it(
      'has its menu closed by Escape, which gives the attention back',
      async () => {
        await miaSitsDown({ viewport: { width: 390, height: 844 } });
        await user.page.getByText('Menü', { exact: true }).press('Enter');
        expect(await user.named('Dienste').isVisible()).toBe(true);
        await user.page.keyboard.press('Escape');
        expect(await user.page.getByRole('link', { name: 'Dienste', exact: true }).count()).toBe(0);
        expect(await user.attended()).toBe('Menü');
      },
      storyTime,
    );
  });
});
