import { TwoFactor } from 'nestjs-two-factor';
import { Accounts } from '../../../src/accounts/accounts.service.js';
import { Authenticator, noAutofill } from '../support/authenticator.js';
import { inChromium, storyTime } from '../support/chromium.js';
import { bob } from '../support/people.js';
import { tourOf } from '../support/tour.js';
import { isRefusedAlone, walksInWithPasskey, walksToPasskey } from '../support/walks/walk-passkey.js';

inChromium((browser) => {
  describe('the pages of passkeys', () => {
    const tour = tourOf(browser, { env: { PASSKEY_SIGN_IN: 'customers' } });

    /** An operator takes the passkey away; the authenticator still has it. */
    async function isReset(): Promise<void> {
      const account = await tour.site.app.get(Accounts).byEmail(bob.email);
      const twoFactor = tour.site.app.get(TwoFactor, { strict: false });
      await twoFactor.reset(account?.id ?? '', 'lost', { type: 'cli', id: 'operator' });
      await tour.site.settled();
    }

    it(
      'keep no customer out: nothing serious for axe, light and dark, and no scrolling sideways',
      async () => {
        const [walker, shown] = [tour.walker(bob), tour.shown];
        await noAutofill(tour.user.context);
        await Authenticator.at(tour.user.page);
        await walksToPasskey(walker, shown);
        await walksInWithPasskey(walker, shown);
        await isReset();
        await isRefusedAlone(walker, shown);
        expect(tour.faults).toEqual([]);
        expect(tour.unseen(['modules/two-factor/passwordless/refused'])).toEqual([]);
      },
      2 * storyTime,
    );
  });
});
