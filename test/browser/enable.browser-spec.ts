import type { Person } from '../support/people/accounts.js';
import { portal } from '../support/portal/portal.js';
import { inChromium, storyTime } from './support/chromium.js';
import type { Phone } from './support/phone.js';
import { sceneOf } from './support/scene.js';
import { BrowserUser } from './support/browser-user.js';

inChromium((browser) => {
  describe('a customer and their phone', () => {
    const scene = sceneOf(browser, () => portal());
    let ann: Person;
    beforeEach(async () => {
      ann = await scene.site.account('Ann');
    });

    /** From the name menu to the backup codes. */
    async function enables(): Promise<{ phone: Phone; codes: string[] }> {
      const { user } = scene;
      await user.signsIn(ann);
      await user.chooses(ann, 'Security');
      await user.clicks('Click here to Enable');
      expect(await user.text()).toContain('adds an extra layer of protection to logins');
      await user.clicks('Get Started');
      const phone = await user.scans();
      await user.answers('Verification Step', phone.code(), 'Enable');
      const codes = await user.backupCodes();
      await user.clicks('I have saved these codes');
      return { phone, codes };
    }

    it(
      'enables two-factor, and comes back with a security code',
      async () => {
        const { user } = scene;
        const { phone, codes } = await enables();
        expect(new Set(codes).size).toBe(10);
        expect(await user.text()).toContain('10 of 10 backup codes left');

        await user.signsOut(ann);
        await user.waits(30);
        await user.signsIn(ann);
        expect(await user.heading()).toBe('Enter your security code');
        await user.answers('Security code', phone.code());
        expect(await user.heading()).toBe('Welcome, Ann');
      },
      storyTime,
    );

    it(
      'gets a hint after a wrong code, and is not signed in',
      async () => {
        const { user } = scene;
        const { phone } = await enables();
        await user.signsOut(ann);
        await user.signsIn(ann);
        const used = phone.code();
        await user.answers('Security code', used);
        expect(await user.text()).toContain('already used. Wait for the next one');
        await user.waits(30);
        await user.answers('Security code', phone.code() === '000000' ? '111111' : '000000');
        expect(await user.text()).toContain('check that your phone sets its time automatically');
        await user.goes('/invoices');
        expect(user.path).toBe('/login/challenge');
      },
      storyTime,
    );

    it(
      'loses the phone: in by a backup code, and the old app works until the new one is proved, not after',
      async () => {
        const { user } = scene;
        const { phone: old, codes } = await enables();
        await user.signsOut(ann);
        await user.waits(30);
        await user.signsIn(ann);
        await user.clicks('Use a backup code');
        await user.answers('Backup code', codes[0]?.toLowerCase() ?? '');
        expect(await user.heading()).toBe('You used a backup code');
        expect(await user.text()).toContain('9 left.');

        await user.clicks('Set up two-factor again');
        await user.clicks('Get Started');
        const phone = await user.scans();
        expect(phone.code()).not.toBe(old.code());
        await provesInAnotherBrowser(old, 'Welcome, Ann');

        await user.answers('Verification Step', phone.code(), 'Enable');
        expect(await user.heading()).toBe('“Authenticator app” is set up');
        await user.waits(30);
        await provesInAnotherBrowser(old, 'Enter your security code');
        await provesInAnotherBrowser(phone, 'Welcome, Ann');
      },
      storyTime,
    );

    async function provesInAnotherBrowser(phone: Phone, leadsTo: string): Promise<void> {
      const other = await BrowserUser.sitsDown(browser(), scene.site);
      await other.signsIn(ann);
      await other.answers('Security code', phone.code());
      expect(await other.heading()).toBe(leadsTo);
      await other.leaves();
    }
  });
});
