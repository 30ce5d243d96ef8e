import { portal } from '../../support/portal/portal.js';
import { inChromium, storyTime } from '../support/chromium.js';
import { sceneOf } from '../support/scene.js';

inChromium((browser) => {
  describe('with JavaScript off', () => {
    const scene = sceneOf(browser, () => portal(), { javaScriptEnabled: false });

    it(
      'the whole story works, and no button is there that would do nothing',
      async () => {
        const { site, user } = scene;
        const ann = await site.account('Ann');
        const idle = () =>
          user.page.locator(
            'button[data-copy]:visible, button[data-print]:visible, [data-server-time]:visible',
          );

        await user.signsIn(ann);
        await user.chooses(ann, 'Security');
        await user.clicks('Click here to Enable');
        await user.clicks('Get Started');
        expect(await idle().count()).toBe(0);
        const old = await user.scans();
        await user.answers('Verification Step', old.code(), 'Enable');
        expect(await idle().count()).toBe(0);
        const codes = await user.backupCodes();
        await user.clicks('I have saved these codes');
        await user.signsOut(ann);

        site.clock.passesSeconds(30);
        await user.signsIn(ann);
        await user.answers('Security code', old.code());
        await user.signsOut(ann);

        await user.signsIn(ann);
        await user.clicks('Use a backup code');
        await user.answers('Backup code', codes[3] ?? '');
        await user.clicks('Set up two-factor again');
        await user.clicks('Get Started');
        const phone = await user.scans();
        await user.answers('Verification Step', phone.code(), 'Enable');
        await user.clicks('Continue');
        expect(await user.text()).toContain('9 of 10 backup codes left');
      },
      storyTime,
    );
  });
});
