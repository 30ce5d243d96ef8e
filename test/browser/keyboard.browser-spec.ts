import { portal } from '../support/portal/portal.js';
import { inChromium, storyTime } from './support/chromium.js';
import { Keyboard } from './support/keyboard.js';
import { sceneOf } from './support/scene.js';

inChromium((browser) => {
  describe('without a mouse', () => {
    const scene = sceneOf(browser, () => portal());

    it(
      'people sign in, set two-factor up and answer the challenge: the attention starts where one types',
      async () => {
        const { site, surfer } = scene;
        const keyboard = new Keyboard(surfer);
        const ann = await site.account('Ann');
        await surfer.goes('/login');
        await keyboard.types(ann.email);
        await keyboard.presses('Tab');
        await keyboard.types(ann.password);
        await keyboard.enters();
        await keyboard.tabsTo('Your account: Ann');
        await keyboard.presses('Enter');
        await keyboard.follows('Security');
        await keyboard.follows('Click here to Enable');
        await keyboard.follows('Get Started');
        const phone = await surfer.scans();
        await keyboard.tabsTo('Verification Step');
        await keyboard.types(phone.code());
        await keyboard.enters();
        expect(await surfer.heading()).toBe('Two-factor authentication is on');

        await surfer.signsOut(ann);
        await surfer.waits(30);
        await surfer.signsIn(ann);
        await keyboard.types(phone.code());
        await keyboard.enters();
        expect(await surfer.heading()).toBe('Welcome, Ann');
      },
      storyTime,
    );

    it(
      'who confirms that it is them starts at the password, not at the code',
      async () => {
        const { site, surfer } = scene;
        const keyboard = new Keyboard(surfer);
        const bea = await site.account('Bea');
        await surfer.signsIn(bea);
        await surfer.goes('/account/security/two-factor/totp');
        await surfer.clicks('Get Started');
        const phone = await surfer.scans();
        await surfer.answers('Verification Step', phone.code(), 'Enable');
        await surfer.waits(30);
        await surfer.goes('/account/confirm?returnTo=/account/password');
        expect(await surfer.attended()).toBe('Password');
        await keyboard.types(bea.password);
        await keyboard.presses('Tab');
        await keyboard.types(phone.code());
        await keyboard.enters();
        expect(await surfer.attended()).toBe('New password');
      },
      storyTime,
    );
  });
});
