import { resetLinks } from '../support/reset-link.js';
import type { Portal } from '../support/portal.js';
import { inChromium, storyTime } from './chromium.js';
import { Inspection } from './inspection.js';
import { portalPages, twoFactorPages } from './page-views.js';
import { alice, demoPortal, mia, sam } from './people.js';
import { Surfer } from './surfer.js';
import { walksBackByMail } from './walk-by-mail.js';
import {
  comesTooLate,
  triesTooOften,
  walksAround,
  walksBackIn,
  walksThroughRequired,
  walksToEnabled,
  walksToNewPhone,
} from './walk.js';

/** Shown by no portal with one kind of factor that people set up, and by none that has a page for problems of its own. */
const neverShown = ['modules/two-factor/enrol/choose', 'modules/two-factor/problem'];

inChromium((browser) => {
  describe('the pages of the story', () => {
    let site: Portal;
    let surfer: Surfer;
    let inspection: Inspection;

    beforeAll(async () => {
      site = await demoPortal({ REQUIRE_TWO_FACTOR: 'staff' });
      inspection = new Inspection(site);
    }, storyTime);
    afterAll(() => site.close());
    beforeEach(async () => {
      inspection.faults.length = 0;
      surfer = await Surfer.sitsDown(browser(), site);
    });
    afterEach(() => surfer.leaves());

    it(
      'keep no customer out: nothing serious for axe, light and dark, and no scrolling sideways',
      async () => {
        const [walker, shown] = [{ surfer, clock: site.clock, person: alice }, inspection.of(surfer)];
        const { codes } = await walksToEnabled(walker, shown);
        await walksBackIn(walker, codes, shown);
        await walksToNewPhone(walker, shown);
        await walksAround(walker, shown);
        await comesTooLate(walker, shown);
        await triesTooOften(walker, shown);
        expect(inspection.faults).toEqual([]);
        expect(surfer.complaints).toEqual([]);
      },
      2 * storyTime,
    );

    it(
      'keep no staff out who must set it up first',
      async () => {
        const walker = { surfer, clock: site.clock, person: mia };
        await walksThroughRequired(walker, inspection.of(surfer));
        expect(inspection.faults).toEqual([]);
        expect(surfer.complaints).toEqual([]);
      },
      storyTime,
    );

    it(
      'keep nobody out who forgot the password',
      async () => {
        const walker = { surfer, clock: site.clock, person: sam };
        const mailed = async () => (await resetLinks(site, sam))[0] ?? '';
        await walksBackByMail(walker, mailed, inspection.of(surfer));
        expect(inspection.faults).toEqual([]);
        expect(surfer.complaints).toEqual([]);
      },
      storyTime,
    );

    it('are all there are of signing in and of two-factor', () => {
      const pages = [...portalPages('auth'), ...twoFactorPages()];
      expect(pages.filter((view) => !inspection.views.has(view)).sort()).toEqual(neverShown);
    });
  });
});
