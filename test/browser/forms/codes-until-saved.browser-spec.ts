import type { Page } from 'playwright-core';
import type { Person } from '../../support/people/accounts.js';
import { portal } from '../../support/portal/portal.js';
import { inChromium, storyTime } from '../support/chromium.js';
import { sceneOf } from '../support/scene.js';

const shownAt = '/account/security/two-factor/backup-codes/new';

inChromium((browser) => {
  describe('the backup codes of a new set-up', () => {
    const scene = sceneOf(browser, () => portal());
    let ann: Person;
    beforeEach(async () => {
      ann = await scene.site.account('Ann');
    });

    /** Waits for the page, and reads its codes. */
    async function codesOn(page: Page): Promise<string[]> {
      await page.waitForURL(`**${shownAt}`);
      return page.locator('[data-backup-code]').allTextContents();
    }

    it(
      'survive a double click, reload, Back and a second tab, and are gone once they are saved',
      async () => {
        const { user } = scene;
        await user.signsIn(ann);
        await user.goes('/account/security/two-factor/totp');
        await user.named('Get Started').dblclick();
        await user.page.waitForURL('**/totp/setup');
        const phone = await user.scans();
        await user.writes('Verification Step', phone.code());
        await user.named('Enable').dblclick();
        const codes = await codesOn(user.page);
        expect(codes).toHaveLength(10);
        await user.page.reload();
        expect(await codesOn(user.page)).toEqual(codes);
        await user.page.goBack();
        expect(await codesOn(user.page)).toEqual(codes);

        const tab = await user.context.newPage();
        await tab.goto('/account/security');
        expect(await tab.locator('body').innerText()).toContain('You have not saved your backup codes.');
        await tab.getByRole('link', { name: 'Show the codes' }).click();
        expect(await codesOn(tab)).toEqual(codes);
        await tab.getByRole('button', { name: 'I have saved these codes' }).dblclick();
        await tab.waitForURL('**/account/security');
        expect(await tab.locator('body').innerText()).not.toContain('You have not saved');
        await tab.goBack();
        await tab.getByRole('heading', { name: 'These codes are no longer shown' }).waitFor();
        expect(await codesOn(tab)).toEqual([]);
        await user.page.reload();
        expect(await codesOn(user.page)).toEqual([]);
      },
      storyTime,
    );

    it(
      'have provider, address, account and date on paper and in the clipboard, below their own headline',
      async () => {
        const { user, site } = scene;
        await user.signsIn(ann);
        await user.goes('/account/security/two-factor/totp');
        await user.clicks('Get Started');
        const phone = await user.scans();
        await user.answers('Verification Step', phone.code(), 'Enable');
        const codes = await codesOn(user.page);
        const copied = await user.named('Copy').getAttribute('data-copy');
        expect(copied?.split('\n').slice(2)).toEqual(codes);
        await user.page.emulateMedia({ media: 'print' });
        const onPaper = await user.text();
        for (const words of [site.config.publicUrl, ann.email, '2030-01-01']) {
          expect(copied).toContain(words);
          expect(onPaper).toContain(words);
        }
        expect(onPaper).toContain('Backup codes');
        expect(onPaper).not.toMatch(/Two-factor authentication is on|signed in as/);
      },
      storyTime,
    );
  });
});
