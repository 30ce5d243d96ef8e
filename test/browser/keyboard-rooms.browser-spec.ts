import type { Portal } from '../support/portal.js';
import { inChromium, storyTime } from './chromium.js';
import { Keyboard } from './keyboard.js';
import { alice, demoPortal } from './people.js';
import { Surfer } from './surfer.js';
import { signsInWithPhone } from './walk.js';

inChromium((browser) => {
  describe('without a mouse, in the rooms', () => {
    let site: Portal;
    let surfer: Surfer;
    let keyboard: Keyboard;

    beforeAll(async () => {
      site = await demoPortal();
    }, storyTime);
    afterAll(() => site.close());
    beforeEach(async () => {
      surfer = await Surfer.sitsDown(browser(), site);
      keyboard = new Keyboard(surfer);
    });
    afterEach(() => surfer.leaves());

    it(
      'people open a ticket, and a refused one leads them to what is wrong with it',
      async () => {
        await surfer.signsIn(await site.account('Ann'));
        await keyboard.follows('Support');
        await keyboard.tabsTo('Subject');
        await keyboard.types('No mail arrives');
        await keyboard.presses('Tab');
        await keyboard.types(' ');
        await keyboard.presses('Tab');
        expect(await surfer.attended()).toBe('Open ticket');
        await keyboard.enters();
        expect(await surfer.attended()).toBe('Write a message.');
        await keyboard.presses('Tab');
        await keyboard.presses('Enter');
        expect(await surfer.attended()).toBe('What can we do for you?');
        await keyboard.types('Since noon.');
        await keyboard.follows('Open ticket');
        expect(await surfer.heading()).toBe('No mail arrives');
      },
      storyTime,
    );

    it(
      'people get an EPP code, past “Confirm it’s you”, and copy it',
      async () => {
        const phone = await signsInWithPhone({ surfer, clock: site.clock, person: alice });
        await keyboard.follows('Services');
        await keyboard.follows('alice-moreau.example');
        await keyboard.follows('Show EPP code');
        expect(await surfer.attended()).toBe('Password');
        await keyboard.types(alice.password);
        await keyboard.presses('Tab');
        await keyboard.types(phone.code());
        await keyboard.enters();
        await keyboard.follows('Show EPP code');
        await keyboard.tabsTo('Copy');
        expect(await surfer.page.locator('[data-epp-code]').innerText()).toMatch(/^[\w-]{16}$/);
      },
      storyTime,
    );
  });
});
