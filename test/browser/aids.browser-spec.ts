import { readFile } from 'node:fs/promises';
import type { Person } from '../support/people/accounts.js';
import { portal } from '../support/portal/portal.js';
import { inChromium, storyTime } from './support/chromium.js';
import type { Phone } from './support/phone.js';
import { sceneOf } from './support/scene.js';

inChromium((browser) => {
  describe('what helps on the way', () => {
    const env = { PORTAL_NAME: 'Example Hosting', SUPPORT_EMAIL: 'help@example.com' };
    const permissions = ['clipboard-read', 'clipboard-write'];
    const scene = sceneOf(browser, () => portal({ env }), { permissions });
    let ann: Person;
    beforeEach(async () => {
      ann = await scene.site.account('Ann');
      await scene.surfer.signsIn(ann);
    });

    const clipboard = () => scene.surfer.page.evaluate<string>('navigator.clipboard.readText()');
    const helpLines = async () => (await scene.surfer.text()).split('help@example.com').length - 1;

    async function getsStarted(): Promise<Phone> {
      const { surfer } = scene;
      await surfer.goes('/account/security/two-factor/totp');
      await surfer.clicks('Get Started');
      return surfer.scans();
    }

    it(
      'the key can be copied as the app wants it, and the page says that it was',
      async () => {
        const { surfer } = scene;
        const uri = new URL((await getsStarted()).uri);
        await surfer.clicks('Copy key');
        await surfer.page.getByText('Copied', { exact: true }).waitFor();
        expect(await clipboard()).toBe(uri.searchParams.get('secret'));
      },
      storyTime,
    );

    it(
      'backup codes can be copied, printed, and saved as a text that says whose they are, of whom and since when',
      async () => {
        const { surfer } = scene;
        const phone = await getsStarted();
        await surfer.answers('Verification Step', phone.code(), 'Enable');
        const codes = await surfer.backupCodes();

        await surfer.clicks('Copy');
        await surfer.page.getByText('Copied', { exact: true }).waitFor();
        expect(await clipboard()).toBe(codes.join('\n'));

        const [download] = await Promise.all([
          surfer.page.waitForEvent('download'),
          surfer.clicks('Download .txt'),
        ]);
        expect(download.suggestedFilename()).toBe('backup-codes.txt');
        const text = await readFile(await download.path(), 'utf8');
        expect(text.split('\r\n')).toEqual([expect.any(String), '', ...codes, '']);
        expect(text).toMatch(new RegExp(`Example Hosting.*${ann.email}.*2030-01-01`));

        await surfer.page.evaluate('window.print = () => { document.title = "printed"; }');
        await surfer.clicks('Print');
        expect(await surfer.page.title()).toBe('printed');
        await surfer.page.emulateMedia({ media: 'print' });
        const onPaper = await surfer.text();
        for (const code of codes) expect(onPaper).toContain(code);
        expect(onPaper).toContain(ann.email);
        expect(onPaper).not.toMatch(/Download|Copy|I have saved|Invoices/);
      },
      storyTime,
    );

    it(
      'a browser whose clock differs by more than 20 seconds is told, another is not',
      async () => {
        const { surfer } = scene;
        const note = surfer.page.getByText('The clock of this device and ours differ');
        await getsStarted();
        expect(await note.isVisible()).toBe(false);
        for (const [seconds, told] of [
          [-60, true],
          [10, false],
          [60, true],
        ] as const) {
          await surfer.clockShows(scene.site.clock.now() + seconds * 1000);
          await surfer.page.reload();
          expect(await note.isVisible()).toBe(told);
        }
      },
      storyTime,
    );

    it(
      'what is wrong with a field is said at the field, to those who listen too',
      async () => {
        const { surfer } = scene;
        await surfer.goes('/account/password');
        await surfer.answers('Password', ann.password, 'Confirm');
        await surfer.writes('New password', 'x'.repeat(129));
        await surfer.clicks('Set new password');
        const field = surfer.field('New password');
        expect(await field.getAttribute('aria-invalid')).toBe('true');
        const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
        expect(ids).toHaveLength(2);
        const told = await surfer.page.locator(ids.map((id) => `#${id}`).join()).allInnerTexts();
        expect(told.join()).toContain('A password has 8 to 128 characters.');
      },
      storyTime,
    );

    it(
      'who is stuck finds the help line once on each step, not twice',
      async () => {
        const { surfer } = scene;
        await surfer.goes('/account/security/two-factor/totp');
        expect(await helpLines()).toBe(1);
        const phone = await getsStarted();
        expect(await helpLines()).toBe(1);
        await surfer.answers('Verification Step', phone.code(), 'Enable');
        expect(await helpLines()).toBe(1);
        await surfer.signsOut(ann);
        expect(await helpLines()).toBe(1);
        await surfer.signsIn(ann);
        expect(await helpLines()).toBe(1);
      },
      storyTime,
    );

    it(
      'who comes too late with the code is told so, and need not type the address again',
      async () => {
        const { surfer } = scene;
        const phone = await getsStarted();
        await surfer.answers('Verification Step', phone.code(), 'Enable');
        await surfer.signsOut(ann);
        await surfer.signsIn(ann);
        await surfer.waits(11 * 60);
        await surfer.answers('Security code', phone.code());
        expect(await surfer.text()).toContain('This sign-in has ended');
        expect(await surfer.field('E-mail address').inputValue()).toBe(ann.email);
        expect(await surfer.attended()).toBe('Password');
        await surfer.goes('/login');
        expect(await surfer.field('E-mail address').inputValue()).toBe('');
      },
      storyTime,
    );
  });
});
