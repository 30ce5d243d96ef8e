import { belowPrefix } from './host/configure.js';
import { PrefixedApp } from './host/prefixed.app.js';
import { browserStories } from './support/browser.stories.js';
import { commonStories } from './support/common.stories.js';
import { ForeignHost } from './support/foreign-host.js';

let host: ForeignHost;
beforeAll(async () => {
  host = await ForeignHost.start({ app: PrefixedApp, configure: belowPrefix });
});
afterAll(() => host.close());

commonStories(() => host, '/api');
browserStories(() => host, '/api');

it('nothing of the package is outside the prefix', async () => {
  for (const path of ['/login/challenge', '/login/enrol', '/account/security', '/account/confirm'])
    expect([path, (await host.visitor().asks('GET', path)).status]).toEqual([path, 404]);
});
