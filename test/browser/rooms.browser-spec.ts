import type { Owner } from '../support/owner.js';
import type { Portal } from '../support/portal.js';
import { inChromium, storyTime } from './chromium.js';
import { Inspection } from './inspection.js';
import { portalPages } from './page-views.js';
import { alice, answers, demoOwner, demoPortal, sam } from './people.js';
import { Surfer } from './surfer.js';
import {
  walksThroughAccount,
  walksThroughNothing,
  walksThroughServices,
  walksThroughSupport,
} from './walk-rooms.js';
import { signsInWithPhone } from './walk.js';

inChromium((browser) => {
  describe('the rooms of the Client Area', () => {
    let site: Portal;
    let surfer: Surfer;
    let inspection: Inspection;
    let agent: Owner;

    beforeAll(async () => {
      site = await demoPortal();
      inspection = new Inspection(site);
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
        const phone = await signsInWithPhone(walker);
        await walksThroughServices(walker, phone, shown);
        await walksThroughSupport(walker, (ticket, text) => answers(agent, ticket, text), shown);
        await walksThroughAccount(walker, shown);
        expect(inspection.faults).toEqual([]);
      },
      2 * storyTime,
    );

    it(
      'keep no customer out who has nothing yet',
      async () => {
        const walker = { surfer, clock: site.clock, person: await site.account('Ann') };
        await walksThroughNothing(walker, inspection.of(surfer));
        expect(inspection.faults).toEqual([]);
      },
      storyTime,
    );

    it('are all there are', () => {
      const pages = portalPages('accounts', 'billing', 'errors', 'support');
      expect(pages.filter((view) => !inspection.views.has(view))).toEqual([]);
    });
  });
});
