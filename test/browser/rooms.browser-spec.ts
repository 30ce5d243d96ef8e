import { TwoFactor } from 'nestjs-two-factor';
import { domainOf } from '../support/people/dangerous-acts.js';
import { emailLinks } from '../support/people/email-link.js';
import { inChromium, storyTime } from './support/chromium.js';
import { portalPages } from './support/page-views.js';
import { alice, bob, deskOf, mia, sam } from './support/people.js';
import { tourOf } from './support/tour.js';
import { newHome, walksToNewAddress } from './support/walks/walk-by-mail.js';
import {
  type Desk,
  walksThroughAccount,
  walksThroughNothing,
  walksThroughServices,
  walksThroughSupport,
  walksToSuspended,
  walksToWait,
} from './support/walks/walk-rooms.js';
import { signsInWithPhone } from './support/walks/walk.js';

inChromium((browser) => {
  describe('the rooms of the Client Area', () => {
    const tour = tourOf(browser);
    let desk: Desk;
    beforeAll(() => {
      desk = deskOf(tour.site, sam);
    });

    it(
      'keep no customer out: nothing serious for axe, light and dark, and no scrolling sideways',
      async () => {
        const [walker, shown] = [tour.walker(alice), tour.shown];
        const phone = await signsInWithPhone(walker);
        await walksThroughServices(walker, phone, shown);
        await walksThroughSupport(walker, desk, shown);
        await walksThroughAccount(walker, phone, shown);
        expect(tour.faults).toEqual([]);
      },
      2 * storyTime,
    );

    it(
      'keep no customer out who has nothing yet, or owes something',
      async () => {
        const ann = await tour.site.account('Ann');
        await walksThroughNothing(tour.walker(ann), tour.shown);
        await tour.user.signsOut(ann);
        await walksToSuspended(tour.walker(bob), tour.shown);
        expect(tour.faults).toEqual([]);
      },
      storyTime,
    );

    it(
      'say from when an action is possible that has to wait',
      async () => {
        const zoe = await tour.site.account('Zoe');
        const domain = await domainOf(tour.site, zoe);
        const { site } = tour;
        const starts = () => site.app.get(TwoFactor, { strict: false }).emailChanged(zoe.id);
        await walksToWait(tour.walker(zoe), { domain, starts }, tour.shown);
        expect(tour.faults).toEqual([]);
      },
      storyTime,
    );

    it(
      'are accessible to people who change their e-mail address',
      async () => {
        await tour.user.signsIn(mia);
        const mailed = async () => (await emailLinks(tour.site, newHome))[0] ?? '';
        await walksToNewAddress(tour.walker(mia), mailed, tour.shown);
        expect(tour.faults).toEqual([]);
      },
      storyTime,
    );

    it('are all there are', () => {
      // `test/two-factor/tabs-and-people` reads the page for a form of another session.
      const unseen = tour.unseen(portalPages('accounts', 'billing', 'errors', 'support'));
      expect(unseen).toEqual(['errors/other-session']);
    });
  });
});
