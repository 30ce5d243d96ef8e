import type { Person } from '../../support/people/accounts.js';
import { portal } from '../../support/portal/portal.js';
import { Authenticator } from '../support/authenticator.js';
import { inChromium, storyTime } from '../support/chromium.js';
import { sceneOf } from '../support/scene.js';

inChromium((browser) => {
  describe('the authenticator of an owner', () => {
    const scene = sceneOf(browser, () => portal());
    let ann: Person;
    beforeEach(async () => {
      ann = await scene.site.account('Ann');
    });

    async function enables(): Promise<Authenticator> {
      const { user } = scene;
      const authenticator = await Authenticator.at(user.page);
      await user.signsIn(ann);
      await user.chooses(ann, 'Security');
      await user.clicks('Add a passkey or security key');
      await user.clicks('Get Started');
      await user.writes('Name', 'My laptop');
      await user.clicks('Enable');
      await user.page.getByText('I have saved these codes').waitFor();
      await user.clicks('I have saved these codes');
      return authenticator;
    }

    /** Opens what a button of the passkey's card hides. */
    const opens = (words: string) => scene.user.page.locator('summary').getByText(words).click();

    it(
      'keeps a passkey that was renamed, and forgets one that was removed',
      async () => {
        const { user } = scene;
        const authenticator = await enables();
        await user.goes('/account/confirm?returnTo=/account/security');
        await user.writes('Password', ann.password);
        await user.clicks('Confirm');
        await opens('Rename');
        await user.writes('New name', 'Desk');
        await user.clicks('Save');
        await user.page.getByText('Desk').first().waitFor();
        expect(await authenticator.size()).toBe(1);
        const forgotten = authenticator.deletion();
        await opens('Remove');
        await user.clicks('Remove it');
        await forgotten;
        expect(await authenticator.size()).toBe(0);
      },
      storyTime,
    );

    it(
      'shows the current name of its owner',
      async () => {
        const { user } = scene;
        const authenticator = await enables();
        expect(await authenticator.owners()).toEqual([`Ann ${ann.email}`]);
        await user.goes('/account/profile');
        await user.writes('Name', 'Ann Smith');
        await user.clicks('Save');
        const updated = authenticator.update();
        await user.goes('/account/security');
        await updated;
        expect(await authenticator.owners()).toEqual([`Ann Smith ${ann.email}`]);
      },
      storyTime,
    );
  });
});
