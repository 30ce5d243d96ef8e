import { newestCode } from '../support/people/mail-reader.js';
import { portal } from '../support/portal/portal.js';
import { newLink } from '../support/people/reset-link.js';
import { inChromium, storyTime } from './support/chromium.js';
import { alice } from './support/people.js';
import { sceneOf } from './support/scene.js';
import { tourOf } from './support/tour.js';
import {
  confirmsByMail,
  findsNoWayByMail,
  walksInByMail,
  walksToMailedCodes,
} from './support/walks/walk-mailed.js';

const env = { MAILED_CODES: 'on' };
/** Of which pictures are kept: the others differ in a sentence. */
const pictured = [
  'challenge-mailed',
  'challenge-mailed-sent',
  'set-up-mailed',
  'confirm-mailed',
  'reset-barred',
];
const unseen = async () => Promise.resolve();

inChromium((browser) => {
  describe('the pages of codes by mail', () => {
    const tour = tourOf(browser, { env, picture: (page) => (pictured.includes(page) ? page : null) });

    it(
      'keep no customer out: nothing serious for axe, light and dark, and no scrolling sideways',
      async () => {
        const [walker, shown] = [tour.walker(alice), tour.shown];
        const mailed = () => newestCode(tour.site, alice);
        await walksToMailedCodes(walker, mailed, shown);
        await walksInByMail(walker, mailed, shown);
        await confirmsByMail(walker, mailed, shown);
        await tour.user.signsOut(alice);
        await findsNoWayByMail(walker, () => newLink(tour.site, alice), shown);
        expect(tour.faults).toEqual([]);
      },
      2 * storyTime,
    );
  });

  describe('with JavaScript off', () => {
    const scene = sceneOf(browser, () => portal({ env }), { javaScriptEnabled: false });

    it(
      'codes by mail are set up, asked for, answered, and confirm',
      async () => {
        const { site, user } = scene;
        const person = await site.account('Ann');
        const mailed = () => newestCode(site, person);
        await walksToMailedCodes({ user, person }, mailed, unseen);
        await walksInByMail({ user, person }, mailed, unseen);
        await user.page.getByRole('heading', { name: 'Welcome, Ann' }).waitFor();
        await confirmsByMail({ user, person }, mailed, unseen);
      },
      storyTime,
    );
  });
});
