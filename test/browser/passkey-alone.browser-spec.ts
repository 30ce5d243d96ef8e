import type { Person } from '../support/people/accounts.js';
import { portal } from '../support/portal/portal.js';
import { Authenticator, noAutofill } from './support/authenticator.js';
import { inChromium, storyTime } from './support/chromium.js';
import { sceneOf } from './support/scene.js';

inChromium((browser) => {
  describe('a customer who needs no password', () => {
    const scene = sceneOf(browser, () => portal({ env: { PASSKEY_SIGN_IN: 'customers' } }));
    let ann: Person;
    beforeEach(async () => {
      ann = await scene.site.account('Ann');
    });

    /** Sets a passkey up, and signs out. */
    async function enables(): Promise<Authenticator> {
      const { surfer } = scene;
      const authenticator = await Authenticator.at(surfer.page);
      await surfer.signsIn(ann);
      await surfer.chooses(ann, 'Security');
      await surfer.clicks('Click here to Enable (Passkey or security key)');
      await surfer.clicks('Get Started');
      await surfer.clicks('Enable');
      await surfer.clicks('I have saved these codes');
      return authenticator;
    }

    async function isIn(): Promise<void> {
      await scene.surfer.page.getByRole('heading', { name: 'Welcome, Ann' }).waitFor();
    }

    it(
      'signs in with a passkey by the button of the sign-in page, and comes to where they wanted to go',
      async () => {
        const { surfer } = scene;
        await enables();
        await noAutofill(surfer.context);
        await surfer.signsOut(ann);
        await surfer.goes('/invoices');
        await surfer.clicks('Sign in with a passkey');
        await surfer.page.getByRole('heading', { name: 'Invoices' }).waitFor();
      },
      storyTime,
    );

    it(
      'is offered it among what the browser fills in',
      async () => {
        const { surfer } = scene;
        await enables();
        await surfer.chooses(ann, 'Sign out');
        await isIn();
      },
      storyTime,
    );

    it(
      'whose passkey is gone is told so, and signs in with the password',
      async () => {
        const { surfer } = scene;
        const authenticator = await enables();
        await noAutofill(surfer.context);
        await surfer.signsOut(ann);
        await authenticator.forgets();
        await surfer.clicks('Sign in with a passkey');
        await surfer.page.getByText('no answer in time, or you cancelled').waitFor();
        await surfer.signsIn(ann);
        expect(await surfer.heading()).toBe('Use your passkey or security key');
      },
      storyTime,
    );

    it(
      'with a browser that knows no passkeys is offered none',
      async () => {
        const { surfer } = scene;
        await surfer.context.addInitScript({ content: 'delete globalThis.PublicKeyCredential;' });
        await surfer.goes('/login');
        expect(await surfer.page.getByText('Sign in with a passkey').isVisible()).toBe(false);
      },
      storyTime,
    );
  });
});
