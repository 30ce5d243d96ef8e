import { portal } from '../../support/portal/portal.js';
import { inChromium, storyTime } from '../support/chromium.js';
import { sceneOf } from '../support/scene.js';

const folder = process.env['CONFIRM_PICTURES'];

inChromium((browser) => {
  describe('a person who wants to remove a second app', () => {
    const scene = sceneOf(browser, () => portal());

    const picture = async (name: string) => {
      if (folder) await scene.user.page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
    };

    /** Signed in, with the apps “Phone” and “Tablet”, a while ago. */
    async function withTwoApps() {
      const { site, user } = scene;
      const ann = await site.account('Ann');
      await user.signsIn(ann);
      await user.goes('/account/security/two-factor/totp');
      await user.clicks('Get Started');
      const phone = await user.scans();
      await user.writes('Name', 'Phone');
      await user.answers('Verification Step', phone.code(), 'Enable');
      await user.waits(360);
      await user.goes('/account/security/two-factor/totp');
      expect(await user.page.locator('[data-act]').innerText()).toBe('Add an authenticator app');
      await user.writes('Password', ann.password);
      await user.answers('Security code', phone.code(), 'Confirm');
      await user.clicks('Get Started');
      const tablet = await user.scans();
      await user.writes('Name', 'Tablet');
      await user.answers('Verification Step', tablet.code(), 'Enable');
      await user.waits(360);
      return { ann, phone };
    }

    it(
      'reads what will happen, mistypes the code, types only the code again, and it is done',
      async () => {
        const { user } = scene;
        const { ann, phone } = await withTwoApps();
        await user.goes('/account/security');
        const removal = user.page.locator('summary').getByText('Remove');
        const card = user.page.locator('section').filter({ hasText: 'Tablet', has: removal });
        await card.locator(removal).click();
        await picture('remove');
        await Promise.all([
          user.page.waitForEvent('load'),
          card.getByRole('button', { name: 'Remove it' }).click(),
        ]);
        expect(await user.heading()).toBe('Confirm it’s you');
        expect(await user.attended()).toBe('Password');
        const title = 'Remove the authenticator app “Tablet”';
        expect(await user.page.locator('[data-act]').innerText()).toBe(title);
        await picture('confirm-act');
        await user.writes('Password', ann.password);
        await user.answers('Security code', '000000', 'Confirm');
        expect(await user.attended()).toBe('Security code');
        expect(await user.page.getByRole('alert').innerText()).toContain('That code is not right.');
        expect(await user.page.getByLabel('Password').count()).toBe(0);
        expect(await user.page.locator('[data-act]').innerText()).toBe(title);
        await picture('confirm-act-refused');
        await user.answers('Security code', phone.code(), 'Confirm');
        expect(user.path).toBe('/account/security?done=removed');
        expect(await user.page.getByRole('status').innerText()).not.toBe('');
        expect(await card.count()).toBe(0);
        await picture('removed');
      },
      storyTime,
    );
  });
});
