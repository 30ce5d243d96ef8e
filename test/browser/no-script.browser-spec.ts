import { portal } from '../support/portal/portal.js';
import { inChromium, storyTime } from './support/chromium.js';
import { sceneOf } from './support/scene.js';

inChromium((browser) => {
  describe('with JavaScript off', () => {
    const scene = sceneOf(browser, () => portal(), { javaScriptEnabled: false });

    it(
      'the whole story works, and no button is there that would do nothing',
      async () => {
        const { site, surfer } = scene;
        const ann = await site.account('Ann');
        const idle = () =>
          surfer.page.locator(
            'button[data-copy]:visible, button[data-print]:visible, [data-server-time]:visible',
          );

        await surfer.signsIn(ann);
        await surfer.chooses(ann, 'Security');
        await surfer.clicks('Click here to Enable');
        await surfer.clicks('Get Started');
        expect(await idle().count()).toBe(0);
        const old = await surfer.scans();
        await surfer.answers('Verification Step', old.code(), 'Enable');
        expect(await idle().count()).toBe(0);
        const codes = await surfer.backupCodes();
        await surfer.clicks('I have saved these codes');
        await surfer.signsOut(ann);

        site.clock.passesSeconds(30);
        await surfer.signsIn(ann);
        await surfer.answers('Security code', old.code());
        await surfer.signsOut(ann);

        await surfer.signsIn(ann);
        await surfer.clicks('Use a backup code');
        await surfer.answers('Backup code', codes[3] ?? '');
        await surfer.clicks('Set up two-factor again');
        await surfer.clicks('Get Started');
        const phone = await surfer.scans();
        await surfer.answers('Verification Step', phone.code(), 'Enable');
        await surfer.clicks('Continue');
        expect(await surfer.text()).toContain('9 of 10 backup codes left');
      },
      storyTime,
    );
  });
});
