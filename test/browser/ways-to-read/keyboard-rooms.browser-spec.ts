import { inChromium, storyTime } from '../support/chromium.js';
import { Keyboard } from '../support/keyboard.js';
import { alice, demoPortal } from '../support/people.js';
import { sceneOf } from '../support/scene.js';
import { signsInWithPhone } from '../support/walks/walk.js';

inChromium((browser) => {
  describe('without a mouse, in the rooms', () => {
    const scene = sceneOf(browser, () => demoPortal());

    it(
      'people open a ticket, and after a refusal the focus is on the wrong field',
      async () => {
        const { site, user } = scene;
        const keyboard = new Keyboard(user);
        await user.signsIn(await site.account('Ann'));
        await keyboard.follows('Support');
        await keyboard.tabsTo('Subject');
        await keyboard.types('No mail arrives');
        await keyboard.presses('Tab');
        await keyboard.types(' ');
        await keyboard.presses('Tab');
        expect(await user.attended()).toBe('Open ticket');
        await keyboard.enters();
        expect(await user.attended()).toBe('Enter a message.');
        await keyboard.presses('Tab');
        await keyboard.presses('Enter');
        expect(await user.attended()).toBe('What can we do for you?');
        await keyboard.types('Since noon.');
        await keyboard.follows('Open ticket');
        expect(await user.heading()).toBe('No mail arrives');
      },
      storyTime,
    );

    it(
      'people get an EPP code, past “Confirm it’s you”, and copy it',
      async () => {
        const { user } = scene;
        const keyboard = new Keyboard(user);
        const phone = await signsInWithPhone({ user, person: alice });
        await keyboard.follows('Services');
        await keyboard.follows('alice-moreau.example');
        await keyboard.follows('Show EPP code');
        expect(await user.attended()).toBe('Password');
        await keyboard.types(alice.password);
        await keyboard.presses('Tab');
        await keyboard.types(phone.code());
        await keyboard.enters();
        await keyboard.tabsTo('Copy');
        expect(await user.page.locator('[data-epp-code]').innerText()).toMatch(/^[\w-]{16}$/);
      },
      storyTime,
    );
  });
});
