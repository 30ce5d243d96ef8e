import type { Portal } from '../support/portal.js';
import { inChromium, storyTime } from './chromium.js';
import { Inspection } from './inspection.js';
import { phone } from './looks.js';
import { alice, demoPortal, mia } from './people.js';
import { Surfer } from './surfer.js';
import { signsInWithPhone } from './walk.js';

/** Pages whose pictures are kept. */
const pictured = ['/login', '/login/challenge', '/account/security'];

const own = ['/', '/services', '/invoices', '/tickets', '/account/profile', '/account/security'];
const more = ['/account/sessions', '/account/confirm', '/account/security/two-factor/totp', '/nowhere'];
const staff = ['/staff', '/staff/clients', '/staff/tickets', '/staff/audit'];

inChromium((browser) => {
  describe('longer words than English ones', () => {
    let site: Portal;
    let surfer: Surfer;
    let inspection: Inspection;

    beforeAll(async () => {
      site = await demoPortal();
      inspection = new Inspection(site, [phone], (path) =>
        pictured.includes(path) ? `german${path.replaceAll('/', '-')}` : null,
      );
    }, storyTime);
    afterAll(() => site.close());
    beforeEach(async () => {
      surfer = await Surfer.sitsDown(browser(), site);
    });
    afterEach(() => surfer.leaves());

    /** Opens these pages in German. */
    async function opens(...paths: readonly string[]): Promise<void> {
      await surfer.reads('de');
      for (const path of paths) {
        await surfer.goes(path);
        expect(await surfer.page.locator('html').getAttribute('lang')).toBe('de');
        await inspection.of(surfer)(path);
      }
    }

    it(
      'fit on the narrowest screen too, and keep nobody out',
      async () => {
        await signsInWithPhone({ surfer, clock: site.clock, person: alice });
        await opens(...own, ...more);
        await surfer.context.clearCookies();
        await surfer.reads('en');
        await surfer.signsIn(alice);
        await opens('/login/challenge', '/login/challenge?kind=backup-codes', '/login/recovery');
        await surfer.context.clearCookies();
        await opens('/login', '/password/forgot', '/password/forgot?sent=1', '/password/reset/gone');
        expect(inspection.faults).toEqual([]);
      },
      storyTime,
    );

    it(
      'fit in the staff area too',
      async () => {
        await surfer.signsIn(mia);
        await opens(...staff);
        expect(inspection.faults).toEqual([]);
      },
      storyTime,
    );
  });
});
