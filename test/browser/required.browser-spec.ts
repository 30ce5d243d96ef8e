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
        const { site, user } = scene;
        const sam = await site.account('Sam', 'support');
        await user.signsIn(sam);
        expect(await user.text()).toContain('Your provider requires two-factor authentication');
        await user.goes('/invoices');
        expect(user.path).toBe('/login/enrol/totp');

        await user.clicks('Get Started');
        const phone = await user.scans();
        await user.answers('Verification Step', phone.code(), 'Enable');
        expect(await user.backupCodes()).toHaveLength(10);
        await user.clicks('I have saved these codes');
        expect(await user.heading()).toBe('Welcome, Sam');

        await user.signsOut(sam);
        await user.waits(30);
        await user.signsIn(sam);
        await user.answers('Security code', phone.code());
        expect(await user.heading()).toBe('Welcome, Sam');
      },
      storyTime,
    );

    it(
      'can leave instead, and are not signed in then',
      async () => {
        const { site, user } = scene;
        const sam = await site.account('Sam', 'support');
        await user.signsIn(sam);
        await user.clicks('Sign out');
        expect(user.path).toBe('/login');
        await user.goes('/invoices');
        expect(user.path).toBe('/login?returnTo=%2Finvoices');
      },
      storyTime,
    );
  });
});
