import { OpenApp } from './host/open.app.js';
import { browserStories } from './support/browser.stories.js';
import { commonStories } from './support/common.stories.js';
import { ForeignHost } from './support/foreign-host.js';
import { protectedMember } from './support/protected-member.js';

let host: ForeignHost;
beforeAll(async () => {
  host = await ForeignHost.start({ app: OpenApp });
});
afterAll(() => host.close());

commonStories(() => host);
browserStories(() => host);

it('whoever listens in process is told', async () => {
  const { member } = await protectedMember(host);
  expect(await host.told(member)).toEqual(
    expect.arrayContaining([
      'two-factor.step-up.passed',
      'two-factor.factor.enrolled',
      'two-factor.enabled',
      'two-factor.backup-codes.issued',
    ]),
  );
});
