import { resetLinks } from '../support/people/reset-link.js';
import { stopLink } from '../support/people/stop-link.js';
import { portal } from '../support/portal/portal.js';
import { inChromium, storyTime } from './support/chromium.js';
import { alice } from './support/people.js';
import { sceneOf } from './support/scene.js';
import { tourOf } from './support/tour.js';
import { signsInWithPhone, type Shown, type Walker } from './support/walks/walk.js';

const turnedOn = 'Two-factor authentication is on';
const views = ['ask', 'done', 'gone'].map((name) => `modules/two-factor/stop/${name}`);
const unseen = async () => Promise.resolve();

/** The mails of a story, by what they are asked for. */
interface Mailed {
  readonly stop: () => Promise<string>;
  readonly password: () => Promise<string>;
}

/** An owner reads the mail about an app that was set up by another person, and gets the account back. */
async function walksBackFromThief({ user, person }: Walker, mailed: Mailed, shown: Shown): Promise<void> {
  await signsInWithPhone({ user, person });
  const link = await mailed.stop();
  await user.goes(link);
  await shown('stop');
  await user.clicks('This wasn’t me');
  await shown('stop-done');
  await user.goes(link);
  await shown('stop-gone');
  await user.goes(await mailed.password());
  await user.answers('New password', 'quite another password', 'Set new password');
  await user.signsIn({ ...person, password: 'quite another password' });
  await user.goes('/account/security');
  await user.page.getByText('Click here to Enable').waitFor();
}

inChromium((browser) => {
  describe('the pages behind “This wasn’t me”', () => {
    const tour = tourOf(browser);

    it(
      'keep no owner out: nothing serious for axe, light and dark, and no scrolling sideways',
      async () => {
        const mailed = {
          stop: () => stopLink(tour.site, alice, turnedOn),
          password: async () => (await resetLinks(tour.site, alice))[0] ?? '',
        };
        await walksBackFromThief(tour.walker(alice), mailed, tour.shown);
        expect(tour.faults).toEqual([]);
        expect(tour.unseen(views)).toEqual([]);
      },
      2 * storyTime,
    );
  });

  describe('with JavaScript off', () => {
    const scene = sceneOf(browser, () => portal(), { javaScriptEnabled: false });

    it(
      '“This wasn’t me” is pressed, and the account is back',
      async () => {
        const { site, user } = scene;
        const person = await site.account('Ann');
        const mailed = {
          stop: () => stopLink(site, person, turnedOn),
          password: async () => (await resetLinks(site, person))[0] ?? '',
        };
        await walksBackFromThief({ user, person }, mailed, unseen);
      },
      storyTime,
    );
  });
});
