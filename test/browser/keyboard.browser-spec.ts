import { portal, type Portal } from '../support/portal.js';
import { inChromium, storyTime } from './chromium.js';
import { Phone } from './phone.js';
import { Surfer } from './surfer.js';

inChromium((browser) => {
  describe('without a mouse', () => {
    let site: Portal;
    let surfer: Surfer;

    beforeAll(async () => {
      site = await portal();
    }, storyTime);
    afterAll(() => site.close());
    beforeEach(async () => {
      surfer = await Surfer.sitsDown(browser(), site);
    });
    afterEach(() => surfer.leaves());

    const types = (text: string) => surfer.page.keyboard.type(text);
    const presses = (key: string) => surfer.page.keyboard.press(key);

    /** Sends what was typed, by Enter, and waits for the next page. */
    async function enters(): Promise<void> {
      await Promise.all([surfer.page.waitForEvent('load'), presses('Enter')]);
    }

    /** Goes on from field to link to button until one with these words has the attention. */
    async function tabsTo(words: string): Promise<void> {
      for (let steps = 0; steps < 40; steps += 1) {
        await presses('Tab');
        if ((await surfer.attended()) === words) return;
      }
      throw new Error(`Nobody gets to “${words}” with the Tab key.`);
    }

    it(
      'people sign in, set two-factor up and answer the challenge: the attention starts where one types',
      async () => {
        const ann = await site.account('Ann');
        await surfer.goes('/login');
        await types(ann.email);
        await presses('Tab');
        await types(ann.password);
        await enters();
        await tabsTo('Your account: Ann');
        await presses('Enter');
        await tabsTo('Security');
        await enters();
        await tabsTo('Click here to Enable');
        await enters();
        await tabsTo('Get Started');
        await enters();
        const phone = Phone.scans(await surfer.scans(), site.clock);
        await tabsTo('Verification Step');
        await types(phone.code());
        await enters();
        expect(await surfer.heading()).toBe('Two-factor authentication is on');

        await surfer.signsOut(ann);
        await surfer.waits(30);
        await surfer.signsIn(ann);
        await types(phone.code());
        await enters();
        expect(await surfer.heading()).toBe('Welcome, Ann');
      },
      storyTime,
    );

    it(
      'who confirms that it is them starts at the password, not at the code',
      async () => {
        const bea = await site.account('Bea');
        await surfer.signsIn(bea);
        await surfer.goes('/account/security/two-factor/totp');
        await surfer.clicks('Get Started');
        const phone = Phone.scans(await surfer.scans(), site.clock);
        await surfer.answers('Verification Step', phone.code(), 'Enable');
        await surfer.waits(30);
        await surfer.goes('/account/confirm?returnTo=/account/password');
        expect(await surfer.attended()).toBe('Password');
        await types(bea.password);
        await presses('Tab');
        await types(phone.code());
        await enters();
        expect(await surfer.attended()).toBe('New password');
      },
      storyTime,
    );
  });
});
