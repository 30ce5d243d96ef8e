import type { Person } from '../../support/people/accounts.js';
import { portal } from '../../support/portal/portal.js';
import { Authenticator } from '../support/authenticator.js';
import { inChromium, storyTime } from '../support/chromium.js';
import { sceneOf } from '../support/scene.js';

const add = 'Add a passkey or security key';
const asked = 'Use your passkey or security key';

inChromium((browser) => {
  describe('a customer and their passkey', () => {
    const scene = sceneOf(browser, () => portal());
    let ann: Person;
    beforeEach(async () => {
      ann = await scene.site.account('Ann');
    });

    /** From the Security page to the backup codes. */
    async function enables(traits: Parameters<typeof Authenticator.at>[1] = {}) {
      const { user } = scene;
      const authenticator = await Authenticator.at(user.page, traits);
      await user.signsIn(ann);
      await user.chooses(ann, 'Security');
      await user.clicks(add);
      await user.clicks('Get Started');
      await user.writes('Name', 'My laptop');
      await user.clicks('Enable');
      await user.page.getByText('I have saved these codes').waitFor();
      const codes = await user.backupCodes();
      await user.clicks('I have saved these codes');
      return { authenticator, codes };
    }

    /** Away, and back to the question. */
    async function comesBack() {
      const { user } = scene;
      await user.signsOut(ann);
      await user.signsIn(ann);
      expect(await user.heading()).toBe(asked);
    }

    async function isIn(): Promise<void> {
      await scene.user.page.getByRole('heading', { name: 'Welcome, Ann' }).waitFor();
    }

    async function reads(sentence: string): Promise<void> {
      await scene.user.page.getByText(sentence).first().waitFor({ timeout: 30_000 });
      expect(await scene.user.heading()).toBe(asked);
    }

    /** The page would wait for five minutes; no browser waits for less than ten seconds. */
    async function hurries(): Promise<void> {
      await scene.user.page.evaluate(`(() => {
        const { dataset } = document.querySelector('[data-passkey]');
        dataset.passkey = dataset.passkey.replace('"timeout":300000', '"timeout":1');
      })()`);
    }

    it(
      'set it up, come back with it, and find it on their Security page',
      async () => {
        const { codes, authenticator } = await enables();
        expect([codes.length, await authenticator.size()]).toEqual([10, 1]);
        expect(await scene.user.text()).toContain('My laptop');
        expect(await scene.user.text()).toContain('On this device only');
        await comesBack();
        await scene.user.clicks('Continue');
        await isIn();
      },
      storyTime,
    );

    it(
      'confirm with password and passkey in one go, and cannot set the same one up twice',
      async () => {
        const { user } = scene;
        await enables();
        await user.clicks('Add another passkey or security key');
        await user.writes('Password', ann.password);
        await user.clicks('Confirm');
        await user.clicks('Get Started');
        await user.clicks('Enable');
        await user.page.getByText('is set up already').first().waitFor();
      },
      storyTime,
    );

    it(
      'without an answer get a message, stay on the page, and can try again',
      async () => {
        const { authenticator } = await enables();
        await comesBack();
        await authenticator.liftFinger();
        await hurries();
        await scene.user.clicks('Continue');
        await reads('no answer in time, or you cancelled');
        await scene.user.clicks('Use a backup code');
        expect(await scene.user.heading()).toBe('Enter a backup code');
      },
      storyTime,
    );

    it(
      'without their passkey get a message, and sign in with a backup code',
      async () => {
        const { user } = scene;
        const { authenticator, codes } = await enables();
        await comesBack();
        await authenticator.forgets();
        await user.clicks('Continue');
        await reads('no answer in time, or you cancelled');
        await user.clicks('Use a backup code');
        await user.answers('Backup code', codes[0] ?? '');
        expect(await user.text()).toContain('You used a backup code');
      },
      storyTime,
    );

    it(
      'are not let in with a copy of their key, and read what to do',
      async () => {
        const { authenticator } = await enables({ plugged: true });
        await comesBack();
        await scene.user.clicks('Continue');
        await isIn();
        await comesBack();
        await authenticator.isCopied();
        await scene.user.clicks('Continue');
        await reads('This key seems to exist twice');
      },
      storyTime,
    );

    it(
      'at another address than the portal’s own get a message, and set nothing up',
      async () => {
        const { site, user } = scene;
        const authenticator = await Authenticator.at(user.page);
        await user.goes(`${site.url}/login`);
        await user.writes('E-mail address', ann.email);
        await user.writes('Password', ann.password);
        await user.clicks('Sign in');
        await user.goes(`${site.url}/account/security`);
        await user.clicks(add);
        await user.clicks('Get Started');
        await user.clicks('Enable');
        await user.page.getByText('only at the portal’s own address').waitFor();
        expect(await authenticator.size()).toBe(0);
      },
      storyTime,
    );

    it(
      'with a browser that knows no passkeys read so, and find the other ways',
      async () => {
        const { user } = scene;
        const { codes } = await enables();
        await user.context.addInitScript({ content: 'delete globalThis.PublicKeyCredential;' });
        await comesBack();
        expect(await user.text()).toContain('This browser cannot use passkeys here');
        await user.clicks('Continue');
        expect(await user.text()).toContain('We got no answer from a passkey');
        await user.clicks('Use a backup code');
        await user.answers('Backup code', codes[0] ?? '');
        expect(await user.text()).toContain('You used a backup code');
      },
      storyTime,
    );
  });

  describe('an agent and a key that does not ask who holds it', () => {
    const scene = sceneOf(browser, () => portal({ env: { REQUIRE_TWO_FACTOR: 'staff' } }));

    it(
      'cannot set it up: staff must be verified',
      async () => {
        const { site, user } = scene;
        const sam = await site.account('Sam', 'support');
        const authenticator = await Authenticator.at(user.page, { plugged: true, verifies: false });
        await user.signsIn(sam);
        await user.clicks('Passkey or security key');
        await user.clicks('Get Started');
        await user.clicks('Enable');
        await user.page.getByText('no answer in time, or you cancelled').waitFor();
        expect(await authenticator.size()).toBe(0);
      },
      storyTime,
    );

    it(
      'who set one up cannot use it in other hands',
      async () => {
        const { site, user } = scene;
        const mia = await site.account('Mia', 'admin');
        const authenticator = await Authenticator.at(user.page);
        await user.signsIn(mia);
        await user.clicks('Passkey or security key');
        await user.clicks('Get Started');
        await user.clicks('Enable');
        await user.clicks('I have saved these codes');
        await user.signsOut(mia);
        await user.signsIn(mia);
        await authenticator.changesHands();
        await user.clicks('Continue');
        await user.page.getByText('no answer in time, or you cancelled').waitFor();
        expect(await user.heading()).toBe(asked);
      },
      storyTime,
    );
  });
});
