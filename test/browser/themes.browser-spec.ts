import { inChromium, storyTime } from './support/chromium.js';
import { alice, deskOf, mia, sam } from './support/people.js';
import { tourOf } from './support/tour.js';
import {
  type Desk,
  walksThroughAccount,
  walksThroughServices,
  walksThroughSupport,
} from './support/walks/walk-rooms.js';
import { walksThroughClients } from './support/walks/walk-staff.js';
import { signsInWithPhone, walksBackIn, walksToEnabled, walksToNewPhone } from './support/walks/walk.js';

/** The pages with screenshots beside those of the portal's own theme. */
const pictured = ['sign-in', 'challenge', 'security-on'];

inChromium((browser) => {
  describe('the pages of a brand', () => {
    const tour = tourOf(browser, {
      env: { THEME: 'harbour' },
      picture: (page) => (pictured.includes(page) ? `harbour-${page}` : null),
    });
    let desk: Desk;
    beforeAll(() => {
      desk = deskOf(tour.site, sam);
    });

    it(
      'keep no customer out: nothing serious for axe, light and dark, and no scrolling sideways',
      async () => {
        const [walker, shown] = [tour.walker(alice), tour.shown];
        const codes = await walksToEnabled(walker, shown);
        await walksBackIn(walker, codes, shown);
        const phone = await walksToNewPhone(walker, shown);
        // a set-up by a backup code makes the EPP code wait for 72 hours, by when the session has ended
        await tour.user.waits(73 * 3600);
        await tour.user.signsIn(alice);
        await tour.user.answers('Security code', phone.code());
        await tour.user.waits(11 * 60);
        await walksThroughServices(walker, phone, shown);
        await walksThroughSupport(walker, desk, shown);
        await walksThroughAccount(walker, phone, shown);
        expect(tour.faults).toEqual([]);
      },
      2 * storyTime,
    );

    it(
      'keep no staff out',
      async () => {
        const walker = tour.walker(mia);
        await signsInWithPhone(walker);
        await walksThroughClients(walker, alice.name, tour.shown);
        expect(tour.faults).toEqual([]);
      },
      storyTime,
    );
  });
});
