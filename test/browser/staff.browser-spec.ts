import { Accounts } from '../../src/accounts/accounts.service.js';
import { inChromium, storyTime } from './support/chromium.js';
import { portalPages } from './support/page-views.js';
import { alice, demoOwner, mia, sam } from './support/people.js';
import { tourOf } from './support/tour.js';
import {
  actsOnClients,
  actsOnOneself,
  walksThroughAudit,
  walksThroughClients,
  walksThroughDesk,
  walksWithoutFactor,
} from './support/walks/walk-staff.js';
import { signsInWithPhone } from './support/walks/walk.js';

const subject = 'My site has been slow since this morning';

inChromium((browser) => {
  describe('the rooms of the staff area', () => {
    const tour = tourOf(browser);
    beforeAll(() => aliceAsks(), storyTime);

    /** Opens a ticket, and has an authenticator app. */
    async function aliceAsks(): Promise<void> {
      const { visitor } = await demoOwner(tour.site, alice);
      await visitor.goes('/tickets');
      const body = 'Hello,\n\nevery page of moreau-ceramics.example takes ten seconds.\n\nAlice';
      await visitor.submits({ subject, body });
    }

    async function idOf(email: string): Promise<string> {
      return (await tour.site.app.get(Accounts).byEmail(email))?.id ?? '';
    }

    async function newColleague(): Promise<string> {
      const facts = { name: 'Ada Weber', email: 'ada@example.com', role: 'admin' } as const;
      return (await tour.site.app.get(Accounts).create({ ...facts, password: mia.password })).id;
    }

    it(
      'keep no staff out: nothing serious for axe, light and dark, and no scrolling sideways',
      async () => {
        const [walker, shown] = [tour.walker(mia), tour.shown];
        const phone = await signsInWithPhone(walker);
        await walksThroughClients(walker, alice.name, shown);
        await walksThroughDesk(walker, subject, shown);
        await walksThroughAudit(walker, shown);
        const [client, colleague] = [await idOf(alice.email), await newColleague()];
        await actsOnClients(walker, phone, { client, colleague, shown });
        await actsOnOneself(walker, await idOf(mia.email), shown);
        expect(tour.faults).toEqual([]);
      },
      3 * storyTime,
    );

    it(
      'keep no staff out who may only read',
      async () => {
        await walksWithoutFactor(tour.walker(sam), subject, tour.shown);
        expect(tour.faults).toEqual([]);
      },
      storyTime,
    );

    it('are all there are', () => {
      expect(tour.unseen(portalPages('audit', 'staff'))).toEqual([]);
    });
  });
});
