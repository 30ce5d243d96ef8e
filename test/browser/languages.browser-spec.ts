import { inChromium, storyTime } from './support/chromium.js';
import { looks } from './support/looks.js';
import { alice, mia } from './support/people.js';
import { tourOf } from './support/tour.js';
import { signsInWithPhone } from './support/walks/walk.js';

/** The pages with stored screenshots. */
const pictured = ['/login', '/login/challenge', '/account/security'];

const own = ['/', '/services', '/invoices', '/tickets', '/account/profile', '/account/security'];
const more = ['/account/sessions', '/account/confirm', '/account/security/two-factor/totp', '/nowhere'];
const staff = ['/staff', '/staff/clients', '/staff/tickets', '/staff/audit'];

inChromium((browser) => {
  describe('longer words than English ones', () => {
    const tour = tourOf(browser, {
      looks: [looks.phone],
      picture: (path) => (pictured.includes(path) ? `german${path.replaceAll('/', '-')}` : null),
    });

    /** Opens these pages in German. */
    async function opens(...paths: readonly string[]): Promise<void> {
      const { user, shown } = tour;
      await user.reads('de');
      for (const path of paths) {
        await user.goes(path);
        expect(await user.page.locator('html').getAttribute('lang')).toBe('de');
        await shown(path);
      }
    }

    it(
      'fit on the narrowest screen too, and are accessible',
      async () => {
        const { user } = tour;
        await signsInWithPhone(tour.walker(alice));
        await opens(...own, ...more);
        await user.context.clearCookies();
        await user.reads('en');
        await user.signsIn(alice);
        await opens('/login/challenge', '/login/challenge?kind=backup-codes', '/login/recovery');
        await user.context.clearCookies();
        await opens(
          '/login',
          '/password/forgot',
          '/password/forgot?sent=1',
          '/password/reset/gone',
          '/account/email/confirm/gone',
        );
        expect(tour.faults).toEqual([]);
      },
      storyTime,
    );

    it(
      'fit in the staff area too',
      async () => {
        await tour.user.signsIn(mia);
        await opens(...staff);
        await tour.user.goes('/account/email');
        await tour.user.answers('Passwort', mia.password, 'Bestätigen');
        await opens('/account/email');
        expect(tour.faults).toEqual([]);
      },
      storyTime,
    );
  });
});
