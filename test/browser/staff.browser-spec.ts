import type { Portal } from '../support/portal.js';
import { inChromium, storyTime } from './chromium.js';
import { Inspection } from './inspection.js';
import { portalPages } from './page-views.js';
import { alice, demoOwner, demoPortal, mia, sam } from './people.js';
import { Surfer } from './surfer.js';
import {
  walksThroughAudit,
  walksThroughClients,
  walksThroughDesk,
  walksWithoutFactor,
} from './walk-staff.js';
import { signsInWithPhone } from './walk.js';

const subject = 'My site has been slow since this morning';

inChromium((browser) => {
  describe('the rooms of the staff area', () => {
    let site: Portal;
    let surfer: Surfer;
    let inspection: Inspection;

    beforeAll(async () => {
      site = await demoPortal();
      await aliceAsks();
      inspection = new Inspection(site);
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

    /** Opens a ticket, and has an authenticator app. */
    async function aliceAsks(): Promise<void> {
      const { visitor } = await demoOwner(site, alice);
      await visitor.goes('/tickets');
      const body = 'Hello,\n\nevery page of moreau-ceramics.example takes ten seconds.\n\nAlice';
      await visitor.submits({ subject, body });
    }

    it(
      'keep no staff out: nothing serious for axe, light and dark, and no scrolling sideways',
      async () => {
        const [walker, shown] = [{ surfer, clock: site.clock, person: mia }, inspection.of(surfer)];
        const phone = await signsInWithPhone(walker);
        await walksThroughClients(walker, alice.name, shown);
        await walksThroughDesk(walker, phone, subject, shown);
        await walksThroughAudit(walker, shown);
        expect(inspection.faults).toEqual([]);
      },
      2 * storyTime,
    );

    it(
      'keep no staff out who may only read',
      async () => {
        const walker = { surfer, clock: site.clock, person: sam };
        await walksWithoutFactor(walker, subject, inspection.of(surfer));
        expect(inspection.faults).toEqual([]);
      },
      storyTime,
    );

    it('are all there are', () => {
      const pages = portalPages('audit', 'staff');
      expect(pages.filter((view) => !inspection.views.has(view))).toEqual([]);
    });
  });
});
