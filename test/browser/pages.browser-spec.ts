import { DemoData } from '../../src/demo/demo-data.js';
import { portal, type Portal } from '../support/portal.js';
import { keepPicture } from './album.js';
import { inChromium, storyTime } from './chromium.js';
import { darkDesktop, desktop, faultsOf, lookAt, phone, scrollsSideways } from './looks.js';
import { Surfer } from './surfer.js';
import {
  comesTooLate,
  walksAround,
  walksBackIn,
  walksThroughRequired,
  walksToEnabled,
  walksToNewPhone,
} from './walk.js';

const password = 'correct-horse-battery';
const alice = { name: 'Alice Moreau', email: 'alice@example.com', password };
const mia = { name: 'Mia Tanaka', email: 'mia@example.com', password };

const env = {
  PORTAL_NAME: 'Example Hosting',
  SUPPORT_EMAIL: 'help@example.com',
  SUPPORT_PHONE: '+44 20 7946 0000',
  DEMO_PASSWORD: password,
  REQUIRE_TWO_FACTOR: 'staff',
};

inChromium((browser) => {
  describe('the pages of the story', () => {
    let site: Portal;
    let surfer: Surfer;
    let faults: string[];

    beforeAll(async () => {
      site = await portal({ env });
      await site.app.get(DemoData).createDemo();
    }, storyTime);
    afterAll(() => site.close());
    beforeEach(async () => {
      faults = [];
      surfer = await Surfer.sitsDown(browser(), site);
    });
    afterEach(() => surfer.leaves());

    /** Looks at a page on every screen. */
    async function shown(name: string): Promise<void> {
      const { page } = surfer;
      if (await scrollsSideways(page)) faults.push(`${name}: scrolls sideways at 320 px`);
      const wanting = await page.locator('main [autofocus]').count();
      if (wanting > 1) faults.push(`${name}: ${wanting} elements want the first focus`);
      for (const look of [darkDesktop, phone, desktop]) {
        for (const fault of await faultsOf(page, look)) faults.push(`${name}: ${fault}`);
      }
      await keepPicture(page, name);
      await lookAt(page, desktop);
    }

    it(
      'keep no customer out: nothing serious for axe, light and dark, and no scrolling sideways',
      async () => {
        const walker = { surfer, clock: site.clock, person: alice };
        const { codes } = await walksToEnabled(walker, shown);
        await walksBackIn(walker, codes, shown);
        await walksToNewPhone(walker, shown);
        await walksAround(walker, shown);
        await comesTooLate(walker, shown);
        expect(faults).toEqual([]);
        expect(surfer.complaints).toEqual([]);
      },
      2 * storyTime,
    );

    it(
      'keep no staff out either',
      async () => {
        await walksThroughRequired({ surfer, clock: site.clock, person: mia }, shown);
        expect(faults).toEqual([]);
        expect(surfer.complaints).toEqual([]);
      },
      storyTime,
    );
  });
});
