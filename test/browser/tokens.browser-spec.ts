import { Accounts } from '../../src/accounts/accounts.service.js';
import { Program } from '../support/people/program.js';
import { inChromium, storyTime } from './support/chromium.js';
import { portalPages } from './support/page-views.js';
import { alice, sam } from './support/people.js';
import { tourOf } from './support/tour.js';
import { walksAsClient, walksToApproval, walksToToken } from './support/walks/walk-tokens.js';
import { signsInWithPhone } from './support/walks/walk.js';

inChromium((browser) => {
  describe('the pages of API tokens, and of “log in as client”', () => {
    const tour = tourOf(browser);

    it(
      'keep no owner out: a token is made, copied, and its act decided',
      async () => {
        const walker = tour.walker(alice);
        const phone = await signsInWithPhone(walker);
        const program = new Program(tour.site, await walksToToken(walker, phone, tour.shown));
        const { body } = await program.asks('GET', '/services');
        const services = body['services'] as { id: string; kind: string; hasEppCode?: boolean }[];
        const domain = services.find(({ hasEppCode }) => hasEppCode);
        const asked = await program.asks('POST', `/services/${domain?.id}/epp-code`);
        expect(asked.status).toBe(202);
        await tour.user.waits(11 * 60);
        const { url } = asked.body['approval'] as { url: string };
        await walksToApproval(walker, { phone, page: new URL(url).pathname }, tour.shown);
        await tour.user.goes('/account/tokens');
        await tour.user.clicks('Revoke the token “Backup job”');
        await tour.user.page.getByText('The token is revoked.').waitFor();
        expect((await program.asks('GET', '/services')).status).toBe(401);
        expect([tour.faults, tour.user.complaints]).toEqual([[], []]);
      },
      2 * storyTime,
    );

    it(
      'name agent, client and end on every page',
      async () => {
        const walker = tour.walker(sam);
        const phone = await signsInWithPhone(walker);
        const account = await tour.site.app.get(Accounts).byEmail(alice.email);
        const client = { name: alice.name, path: `/staff/clients/${account?.id}` };
        await walksAsClient(walker, { phone, client }, tour.shown);
        expect([tour.faults, tour.user.complaints]).toEqual([[], []]);
      },
      2 * storyTime,
    );

    it('are all there are', () => {
      expect(tour.unseen(portalPages('api-tokens', 'impersonation'))).toEqual([]);
    });
  });
});
