import { DemoData } from '../../src/demo/demo-data.js';
import { portal, type Portal } from '../support/portal.js';
import { inChromium, storyTime } from './chromium.js';
import { darkDesktop, desktop, faultsOf, phone, scrollsSideways } from './looks.js';
import { album } from './album.js';
import { Surfer } from './surfer.js';
import { walksAround, walksBackIn, walksToEnabled, walksToNewPhone } from './walk.js';

const password = 'correct-horse-battery';
const alice = { name: 'Alice Moreau', email: 'alice@example.com', password };

const env = {
  PORTAL_NAME: 'Example Hosting',
  SUPPORT_EMAIL: 'help@example.com',
  SUPPORT_PHONE: '+44 20 7946 0000',
  DEMO_PASSWORD: password,
};

inChromium((browser) => {
  describe('the pages of the story', () => {
    let site: Portal;
    let surfer: Surfer;
    const faults: string[] = [];

    beforeAll(async () => {
      site = await portal({ env });
      await site.app.get(DemoData).createDemo();
      surfer = await Surfer.sitsDown(browser(), site);
    }, storyTime);
    afterAll(async () => {
      await surfer.leaves();
      await site.close();
    });

    /** Looks at a page on every screen. */
    async function shown(name: string): Promise<void> {
      const { page } = surfer;
      if (await scrollsSideways(page)) faults.push(`${name}: scrolls sideways at 320 px`);
      const focusable = await page.locator('main [autofocus]').count();
      if (focusable > 1) faults.push(`${name}: ${focusable} elements want the first focus`);
      for (const look of [darkDesktop, phone, desktop]) {
        for (const fault of await faultsOf(page, look)) faults.push(`${name}: ${fault}`);
      }
      await album.keep(page, name);
    }

    it(
      'keep nobody out: nothing serious for axe, light and dark, and no scrolling sideways',
      async () => {
        const walker = { surfer, clock: site.clock, person: alice };
        const { codes } = await walksToEnabled(walker, shown);
        await walksBackIn(walker, codes, shown);
        await walksToNewPhone(walker, shown);
        await walksAround(walker, shown);
        expect(faults).toEqual([]);
        expect(surfer.complaints).toEqual([]);
      },
      storyTime,
    );
  });
});
