import { portal } from '../../support/portal/portal.js';
import { inChromium, storyTime } from '../support/chromium.js';
import { Keyboard } from '../support/keyboard.js';
import { sceneOf } from '../support/scene.js';

inChromium((browser) => {
  describe('without a mouse', () => {
    const scene = sceneOf(browser, () => portal());

    it(
      'people sign in, set two-factor up and answer the challenge: the attention starts where one types',
      async () => {
        const { site, user } = scene;
        const keyboard = new Keyboard(user);
        const ann = await site.account('Ann');
        await user.goes('/login');
        await keyboard.types(ann.email);
        await keyboard.presses('Tab');
        await keyboard.types(ann.password);
        await keyboard.enters();
        await keyboard.tabsTo('Your account: Ann');
        await keyboard.presses('Enter');
        await keyboard.follows('Security');
        await keyboard.follows('Click here to Enable');
        await keyboard.follows('Get Started');
        const phone = await user.scans();
        await keyboard.tabsTo('Verification Step');
        await keyboard.types(phone.code());
        await keyboard.enters();
        expect(await user.heading()).toBe('Two-factor authentication is on');

        await user.signsOut(ann);
        await user.waits(30);
        await user.signsIn(ann);
        await keyboard.types(phone.code());
        await keyboard.enters();
        expect(await user.heading()).toBe('Welcome, Ann');
      },
      storyTime,
    );

    it(
      'who confirms that it is them starts at the password, not at the code',
      async () => {
        const { site, user } = scene;
        const keyboard = new Keyboard(user);
        const bea = await site.account('Bea');
        await user.signsIn(bea);
        await user.goes('/account/security/two-factor/totp');
        await user.clicks('Get Started');
        const phone = await user.scans();
        await user.answers('Verification Step', phone.code(), 'Enable');
        await user.waits(30);
        await user.goes('/account/confirm?returnTo=/account/password');
        expect(await user.attended()).toBe('Password');
        await keyboard.types(bea.password);
        await keyboard.presses('Tab');
        await keyboard.types(phone.code());
        await keyboard.enters();
        expect(await user.attended()).toBe('New password');
      },
      storyTime,
    );
  });
});
