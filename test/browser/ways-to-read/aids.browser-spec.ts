import { readFile } from 'node:fs/promises';
import type { Person } from '../../support/people/accounts.js';
import { portal } from '../../support/portal/portal.js';
import { inChromium, storyTime } from '../support/chromium.js';
import type { Phone } from '../support/phone.js';
import { sceneOf } from '../support/scene.js';

inChromium((browser) => {
  describe('what helps on the way', () => {
    const env = { PORTAL_NAME: 'Example Hosting', SUPPORT_EMAIL: 'help@example.com' };
    const permissions = ['clipboard-read', 'clipboard-write'];
    const scene = sceneOf(browser, () => portal({ env }), { permissions });
    let ann: Person;
    beforeEach(async () => {
      ann = await scene.site.account('Ann');
      await scene.user.signsIn(ann);
    });

    const clipboard = () => scene.user.page.evaluate<string>('navigator.clipboard.readText()');
    const helpLines = async () => (await scene.user.text()).split('help@example.com').length - 1;

    async function getsStarted(): Promise<Phone> {
      const { user } = scene;
      await user.goes('/account/security/two-factor/totp');
      await user.clicks('Get Started');
      return user.scans();
    }

    it(
      'the key can be copied as the app wants it, and the page says that it was',
      async () => {
        const { user } = scene;
        const uri = new URL((await getsStarted()).uri);
        await user.clicks('Copy key');
        await user.page.getByText('Copied', { exact: true }).waitFor();
        expect(await clipboard()).toBe(uri.searchParams.get('secret'));
      },
      storyTime,
    );

    it(
      'backup codes can be copied, printed, and saved as a text with account, provider and date',
      async () => {
        const { user } = scene;
        const phone = await getsStarted();
        await user.answers('Verification Step', phone.code(), 'Enable');
        const codes = await user.backupCodes();

        await user.clicks('Copy');
        await user.page.getByText('Copied', { exact: true }).waitFor();
        expect((await clipboard()).split('\n')).toEqual([expect.stringContaining(ann.email), '', ...codes]);

        const [download] = await Promise.all([
          user.page.waitForEvent('download'),
          user.clicks('Download .txt'),
        ]);
        expect(download.suggestedFilename()).toBe('backup-codes.txt');
        const text = await readFile(await download.path(), 'utf8');
        expect(text.split('\r\n')).toEqual([expect.any(String), '', ...codes, '']);
        expect(text).toMatch(new RegExp(`Example Hosting.*${ann.email}.*2030-01-01`));

        await user.page.evaluate('window.print = () => { document.title = "printed"; }');
        await user.clicks('Print');
        expect(await user.page.title()).toBe('printed');
        await user.page.emulateMedia({ media: 'print' });
        const onPaper = await user.text();
        for (const code of codes) expect(onPaper).toContain(code);
        expect(onPaper).toContain(ann.email);
        expect(onPaper).not.toMatch(/Download|Copy|I have saved|Invoices/);
      },
      storyTime,
    );

    it(
      'a browser with a clock that differs by more than 20 seconds gets a note, another does not',
      async () => {
        const { user } = scene;
        const note = user.page.getByText('The clocks of this device and of our server differ');
        await getsStarted();
        expect(await note.isVisible()).toBe(false);
        for (const [seconds, told] of [
          [-60, true],
          [10, false],
          [60, true],
        ] as const) {
          await user.clockShows(scene.site.clock.now() + seconds * 1000);
          await user.page.reload();
          expect(await note.isVisible()).toBe(told);
        }
      },
      storyTime,
    );

    it(
      'the error of a field is at the field, for screen readers too',
      async () => {
        const { user } = scene;
        await user.goes('/account/password');
        await user.answers('Password', ann.password, 'Confirm');
        await user.writes('New password', 'x'.repeat(129));
        await user.clicks('Set new password');
        const field = user.field('New password');
        expect(await field.getAttribute('aria-invalid')).toBe('true');
        const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
        expect(ids).toHaveLength(2);
        const told = await user.page.locator(ids.map((id) => `#${id}`).join()).allInnerTexts();
        expect(told.join()).toContain('A password has 8 to 128 characters.');
      },
      storyTime,
    );

    it(
      'who is stuck finds the help line once on each step, not twice',
      async () => {
        const { user } = scene;
        await user.goes('/account/security/two-factor/totp');
        expect(await helpLines()).toBe(1);
        const phone = await getsStarted();
        expect(await helpLines()).toBe(1);
        await user.answers('Verification Step', phone.code(), 'Enable');
        expect(await helpLines()).toBe(1);
        await user.signsOut(ann);
        expect(await helpLines()).toBe(1);
        await user.signsIn(ann);
        expect(await helpLines()).toBe(1);
      },
      storyTime,
    );

    it(
      'a code after the end of the login gets a message, and the address stays filled in',
      async () => {
        const { user } = scene;
        const phone = await getsStarted();
        await user.answers('Verification Step', phone.code(), 'Enable');
        await user.signsOut(ann);
        await user.signsIn(ann);
        await user.waits(11 * 60);
        await user.answers('Security code', phone.code());
        expect(await user.text()).toContain('This sign-in has ended');
        expect(await user.field('E-mail address').inputValue()).toBe(ann.email);
        expect(await user.attended()).toBe('Password');
        await user.goes('/login');
        expect(await user.field('E-mail address').inputValue()).toBe('');
      },
      storyTime,
    );
  });
});
