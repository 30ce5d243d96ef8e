import type { Person } from '../support/people/accounts.js';
import { portal } from '../support/portal/portal.js';
import { inChromium, storyTime } from './support/chromium.js';
import type { Phone } from './support/phone.js';
import { sceneOf } from './support/scene.js';
import { Surfer } from './support/surfer.js';

inChromium((browser) => {
  describe('a customer and their phone', () => {
    const scene = sceneOf(browser, () => portal());
    let ann: Person;
    beforeEach(async () => {
      ann = await scene.site.account('Ann');
    });

    /** From the name menu to the backup codes. */
    async function enables(): Promise<{ phone: Phone; codes: string[] }> {
      const { surfer } = scene;
      await surfer.signsIn(ann);
      await surfer.chooses(ann, 'Security');
      await surfer.clicks('Click here to Enable');
      expect(await surfer.text()).toContain('adds an extra layer of protection to logins');
      await surfer.clicks('Get Started');
      const phone = await surfer.scans();
      await surfer.answers('Verification Step', phone.code(), 'Enable');
      const codes = await surfer.backupCodes();
      await surfer.clicks('I have saved these codes');
      return { phone, codes };
    }

    it(
      'enables two-factor, and comes back with a security code',
      async () => {
        const { surfer } = scene;
        const { phone, codes } = await enables();
        expect(new Set(codes).size).toBe(10);
        expect(await surfer.text()).toContain('10 of 10 backup codes left');

        await surfer.signsOut(ann);
        await surfer.waits(30);
        await surfer.signsIn(ann);
        expect(await surfer.heading()).toBe('Enter your security code');
        await surfer.answers('Security code', phone.code());
        expect(await surfer.heading()).toBe('Welcome, Ann');
      },
      storyTime,
    );

    it(
      'is told what to do about a wrong code, and is not in',
      async () => {
        const { surfer } = scene;
        const { phone } = await enables();
        await surfer.signsOut(ann);
        await surfer.signsIn(ann);
        const used = phone.code();
        await surfer.answers('Security code', used);
        expect(await surfer.text()).toContain('already used. Wait for the next one');
        await surfer.waits(30);
        await surfer.answers('Security code', phone.code() === '000000' ? '111111' : '000000');
        expect(await surfer.text()).toContain('check that your phone sets its time automatically');
        await surfer.goes('/invoices');
        expect(surfer.path).toBe('/login/challenge');
      },
      storyTime,
    );

    it(
      'loses the phone: in by a backup code, and the old app works until the new one is proved, not after',
      async () => {
        const { surfer } = scene;
        const { phone: old, codes } = await enables();
        await surfer.signsOut(ann);
        await surfer.waits(30);
        await surfer.signsIn(ann);
        await surfer.clicks('Use a backup code');
        await surfer.answers('Backup code', codes[0]?.toLowerCase() ?? '');
        expect(await surfer.heading()).toBe('You used a backup code');
        expect(await surfer.text()).toContain('9 left.');

        await surfer.clicks('Set up two-factor again');
        await surfer.clicks('Get Started');
        const phone = await surfer.scans();
        expect(phone.code()).not.toBe(old.code());
        await provesInAnotherBrowser(old, 'Welcome, Ann');

        await surfer.answers('Verification Step', phone.code(), 'Enable');
        expect(await surfer.heading()).toBe('Two-factor authentication is on');
        await surfer.waits(30);
        await provesInAnotherBrowser(old, 'Enter your security code');
        await provesInAnotherBrowser(phone, 'Welcome, Ann');
      },
      storyTime,
    );

    async function provesInAnotherBrowser(phone: Phone, leadsTo: string): Promise<void> {
      const other = await Surfer.sitsDown(browser(), scene.site);
      await other.signsIn(ann);
      await other.answers('Security code', phone.code());
      expect(await other.heading()).toBe(leadsTo);
      await other.leaves();
    }
  });
});
