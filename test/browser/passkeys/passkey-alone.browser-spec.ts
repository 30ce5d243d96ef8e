import type { Person } from '../../support/people/accounts.js';
import { portal } from '../../support/portal/portal.js';
import { Authenticator, noAutofill } from '../support/authenticator.js';
import { inChromium, storyTime } from '../support/chromium.js';
import { sceneOf } from '../support/scene.js';

inChromium((browser) => {
  describe('a customer who needs no password', () => {
    const scene = sceneOf(browser, () => portal({ env: { PASSKEY_SIGN_IN: 'customers' } }));
    let ann: Person;
    beforeEach(async () => {
      ann = await scene.site.account('Ann');
    });

    /** Sets a passkey up, and signs out. */
    async function enables(): Promise<Authenticator> {
      const { user } = scene;
      const authenticator = await Authenticator.at(user.page);
      await user.signsIn(ann);
      await user.chooses(ann, 'Security');
      await user.clicks('Add a passkey or security key');
      await user.clicks('Get Started');
      await user.clicks('Enable');
      await user.clicks('I have saved these codes');
      return authenticator;
    }

    async function isIn(): Promise<void> {
      await scene.user.page.getByRole('heading', { name: 'Welcome, Ann' }).waitFor();
    }

    it(
      'signs in with a passkey by the button of the sign-in page, and comes to where they wanted to go',
      async () => {
        const { user } = scene;
        await enables();
        await noAutofill(user.context);
        await user.signsOut(ann);
        await user.goes('/invoices');
        await user.clicks('Sign in with a passkey');
        await user.page.getByRole('heading', { name: 'Invoices' }).waitFor();
      },
      storyTime,
    );

    it(
      'is offered it among what the browser fills in',
      async () => {
        const { user } = scene;
        await enables();
        await user.chooses(ann, 'Sign out');
        await isIn();
      },
      storyTime,
    );

    it(
      'without their passkey get a message, and sign in with the password',
      async () => {
        const { user } = scene;
        const authenticator = await enables();
        await noAutofill(user.context);
        await user.signsOut(ann);
        await authenticator.forgets();
        await user.clicks('Sign in with a passkey');
        await user.page.getByText('no answer in time, or you cancelled').waitFor();
        await user.signsIn(ann);
        expect(await user.heading()).toBe('Use your passkey or security key');
      },
      storyTime,
    );

    it(
      'with a browser that knows no passkeys is offered none',
      async () => {
        const { user } = scene;
        await user.context.addInitScript({ content: 'delete globalThis.PublicKeyCredential;' });
        await user.goes('/login');
        expect(await user.page.getByText('Sign in with a passkey').isVisible()).toBe(false);
      },
      storyTime,
    );
  });
});
