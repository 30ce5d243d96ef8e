import { portal } from '../support/portal/portal.js';
import { inChromium, storyTime } from './support/chromium.js';
import { sceneOf } from './support/scene.js';

inChromium((browser) => {
  describe('staff who must have two-factor', () => {
    const open = () => portal({ env: { REQUIRE_TWO_FACTOR: 'staff' } });
    const scene = sceneOf(browser, open, { colorScheme: 'dark' });

    it(
      'cannot go anywhere before it is set up, and go on from there when it is, on a dark screen too',
      async () => {
        const { site, surfer } = scene;
        const sam = await site.account('Sam', 'support');
        await surfer.signsIn(sam);
        expect(await surfer.text()).toContain('Your provider asks for two-factor authentication');
        await surfer.goes('/invoices');
        expect(surfer.path).toBe('/login/enrol/totp');

        await surfer.clicks('Get Started');
        const phone = await surfer.scans();
        await surfer.answers('Verification Step', phone.code(), 'Enable');
        expect(await surfer.backupCodes()).toHaveLength(10);
        await surfer.clicks('I have saved these codes');
        expect(await surfer.heading()).toBe('Welcome, Sam');

        await surfer.signsOut(sam);
        await surfer.waits(30);
        await surfer.signsIn(sam);
        await surfer.answers('Security code', phone.code());
        expect(await surfer.heading()).toBe('Welcome, Sam');
      },
      storyTime,
    );

    it(
      'can leave instead, and are not signed in then',
      async () => {
        const { site, surfer } = scene;
        const sam = await site.account('Sam', 'support');
        await surfer.signsIn(sam);
        await surfer.clicks('Sign out');
        expect(surfer.path).toBe('/login');
        await surfer.goes('/invoices');
        expect(surfer.path).toBe('/login?returnTo=%2Finvoices');
      },
      storyTime,
    );
  });
});
