import { portal, type Portal } from '../support/portal.js';
import { inChromium, storyTime } from './chromium.js';
import { Phone } from './phone.js';
import { Surfer } from './surfer.js';

inChromium((browser) => {
  describe('staff who must have two-factor', () => {
    let site: Portal;

    beforeAll(async () => {
      site = await portal({ env: { REQUIRE_TWO_FACTOR: 'staff' } });
    }, storyTime);
    afterAll(() => site.close());

    it(
      'cannot go anywhere before it is set up, and go on from there when it is, on a dark screen too',
      async () => {
        const sam = await site.account('Sam', 'support');
        const surfer = await Surfer.sitsDown(browser(), site, { colorScheme: 'dark' });
        await surfer.signsIn(sam);
        expect(await surfer.text()).toContain('Your provider asks for two-factor authentication');
        await surfer.goes('/invoices');
        expect(surfer.path).toBe('/login/enrol/totp');

        await surfer.clicks('Get Started');
        const phone = Phone.scans(await surfer.scans(), site.clock);
        await surfer.answers('Verification Step', phone.code(), 'Enable');
        expect(await surfer.backupCodes()).toHaveLength(10);
        await surfer.clicks('I have saved these codes');
        expect(await surfer.heading()).toBe('Welcome, Sam');

        await surfer.signsOut(sam);
        await surfer.waits(30);
        await surfer.signsIn(sam);
        await surfer.answers('Security code', phone.code());
        expect(await surfer.heading()).toBe('Welcome, Sam');
        expect(surfer.complaints).toEqual([]);
        await surfer.leaves();
      },
      storyTime,
    );

    it(
      'can leave instead, and are not signed in then',
      async () => {
        const sam = await site.account('Sam', 'support');
        const surfer = await Surfer.sitsDown(browser(), site);
        await surfer.signsIn(sam);
        await surfer.clicks('Sign out');
        expect(surfer.path).toBe('/login');
        await surfer.goes('/invoices');
        expect(surfer.path).toBe('/login?returnTo=%2Finvoices');
        await surfer.leaves();
      },
      storyTime,
    );
  });
});
