import type { Owner } from '../support/owner.js';
import type { Portal } from '../support/portal.js';
import { inChromium, storyTime } from './chromium.js';
import { Inspection } from './inspection.js';
import { darkDesktop, desktop } from './looks.js';
import { alice, answers, demoOwner, demoPortal, mia, sam } from './people.js';
import { Surfer } from './surfer.js';
import { walksThroughAccount, walksThroughServices, walksThroughSupport } from './walk-rooms.js';
import { walksThroughClients } from './walk-staff.js';
import { signsInWithPhone, walksBackIn, walksToEnabled, walksToNewPhone } from './walk.js';

/** Pages whose pictures stand beside those of the portal's own looks. */
const pictured = ['sign-in', 'challenge', 'security-on'];

inChromium((browser) => {
  describe('the pages of a brand', () => {
    let site: Portal;
    let surfer: Surfer;
    let inspection: Inspection;
    let agent: Owner;

    beforeAll(async () => {
      site = await demoPortal({ THEME: 'harbour' });
      inspection = new Inspection(site, [darkDesktop, desktop], (name) =>
        pictured.includes(name) ? `harbour-${name}` : null,
      );
      agent = await demoOwner(site, sam);
    }, storyTime);
    afterAll(() => site.close());
    beforeEach(async () => {
      inspection.faults.length = 0;
      surfer = await Surfer.sitsDown(browser(), site);
    });
    afterEach(async () => {
      expect(surfer.complaints).toEqual([]);
      await surfer.leaves();
    });

    it(
      'keep no customer out: nothing serious for axe, light and dark, and no scrolling sideways',
      async () => {
        const [walker, shown] = [{ surfer, clock: site.clock, person: alice }, inspection.of(surfer)];
        const { codes } = await walksToEnabled(walker, shown);
        await walksBackIn(walker, codes, shown);
        const phone = await walksToNewPhone(walker, shown);
        await surfer.waits(11 * 60);
        await walksThroughServices(walker, phone, shown);
        await walksThroughSupport(walker, (ticket, text) => answers(agent, ticket, text), shown);
        await walksThroughAccount(walker, shown);
        expect(inspection.faults).toEqual([]);
      },
      2 * storyTime,
    );

    it(
      'keep no staff out',
      async () => {
        const walker = { surfer, clock: site.clock, person: mia };
        await signsInWithPhone(walker);
        await walksThroughClients(walker, alice.name, inspection.of(surfer));
        expect(inspection.faults).toEqual([]);
      },
      storyTime,
    );
  });
});
