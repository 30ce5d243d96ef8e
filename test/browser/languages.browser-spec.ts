import { inChromium, storyTime } from './support/chromium.js';
import { looks } from './support/looks.js';
import { alice, mia } from './support/people.js';
import { tourOf } from './support/tour.js';
import { signsInWithPhone } from './support/walk.js';

/** Pages whose pictures are kept. */
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
      const { surfer, shown } = tour;
      await surfer.reads('de');
      for (const path of paths) {
        await surfer.goes(path);
        expect(await surfer.page.locator('html').getAttribute('lang')).toBe('de');
        await shown(path);
      }
    }

    it(
      'fit on the narrowest screen too, and keep nobody out',
      async () => {
        const { surfer } = tour;
        await signsInWithPhone(tour.walker(alice));
        await opens(...own, ...more);
        await surfer.context.clearCookies();
        await surfer.reads('en');
        await surfer.signsIn(alice);
        await opens('/login/challenge', '/login/challenge?kind=backup-codes', '/login/recovery');
        await surfer.context.clearCookies();
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
        await tour.surfer.signsIn(mia);
        await opens(...staff);
        await tour.surfer.goes('/account/email');
        await tour.surfer.answers('Passwort', mia.password, 'Bestätigen');
        await opens('/account/email');
        expect(tour.faults).toEqual([]);
      },
      storyTime,
    );
  });
});
