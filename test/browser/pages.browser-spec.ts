import { resetLinks } from '../support/people/reset-link.js';
import { inChromium, storyTime } from './support/chromium.js';
import { portalPages, twoFactorPages } from './support/page-views.js';
import { alice, mia, sam } from './support/people.js';
import { tourOf } from './support/tour.js';
import { walksBackByMail } from './support/walks/walk-by-mail.js';
import {
  comesTooLate,
  trustsBrowser,
  triesTooOften,
  walksAround,
  walksBackIn,
  walksThroughRequired,
  walksToEnabled,
  walksToNewPhone,
} from './support/walks/walk.js';

/** Shown where passkeys alone sign in (`passkey-pages`), and by no portal that has a page for problems of its own. */
const neverShown = [
  // the pages of codes and confirmations that are no longer open: `test/two-factor` reads them
  'modules/two-factor/codes/ended',
  'modules/two-factor/confirm/ended',
  'modules/two-factor/passwordless/refused',
  'modules/two-factor/problem',
  // shown by `lock-down`
  'modules/two-factor/stop/ask',
  'modules/two-factor/stop/done',
  'modules/two-factor/stop/gone',
];

inChromium((browser) => {
  describe('the pages of the story', () => {
    const tour = tourOf(browser, { env: { REQUIRE_TWO_FACTOR: 'staff' } });

    it(
      'keep no customer out: nothing serious for axe, light and dark, and no scrolling sideways',
      async () => {
        const [walker, shown] = [tour.walker(alice), tour.shown];
        const codes = await walksToEnabled(walker, shown);
        await walksBackIn(walker, codes, shown);
        const phone = await walksToNewPhone(walker, shown);
        await walksAround(walker, shown);
        await tour.user.waits(60);
        await trustsBrowser(walker, phone, shown);
        await comesTooLate(walker, shown);
        await triesTooOften(walker, shown);
        expect(tour.faults).toEqual([]);
      },
      2 * storyTime,
    );

    it(
      'keep no staff out who must set it up first',
      async () => {
        await walksThroughRequired(tour.walker(mia), tour.shown);
        expect(tour.faults).toEqual([]);
      },
      storyTime,
    );

    it(
      'are accessible to people who forgot the password',
      async () => {
        const mailed = async () => (await resetLinks(tour.site, sam))[0] ?? '';
        await walksBackByMail(tour.walker(sam), mailed, tour.shown);
        expect(tour.faults).toEqual([]);
      },
      storyTime,
    );

    it('are all there are of signing in and of two-factor', () => {
      const pages = [...portalPages('auth'), ...twoFactorPages()];
      expect(tour.unseen(pages).sort()).toEqual(neverShown);
    });
  });
});
