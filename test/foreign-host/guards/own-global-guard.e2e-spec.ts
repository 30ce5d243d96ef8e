import { GuardedApp } from '../host/guarded.app.js';
import { browserStories } from '../support/browser.stories.js';
import { commonStories } from '../support/common.stories.js';
import { ForeignHost } from '../support/foreign-host.js';
import { protectedMember } from '../support/protected-member.js';

let host: ForeignHost;
beforeAll(async () => {
  host = await ForeignHost.start({ app: GuardedApp });
});
afterAll(() => host.close());

commonStories(() => host);
browserStories(() => host);

it('the host’s guard still refuses routes without a mark', async () => {
  const { visitor } = await protectedMember(host);
  expect((await visitor.goes('/forgotten')).status).toBe(403);
  expect((await host.visitor().goes('/forgotten')).status).toBe(403);
});

it('the host’s guard stands before the package’s pages for people signed in', async () => {
  const { status, body } = await host.visitor().asks('GET', '/account/security');
  expect([status, body]).toEqual([401, { message: 'Unauthorized', statusCode: 401 }]);
});
