import { Person } from '../fixtures/person.fixture.js';
import { removal } from '../fixtures/acts.fixture.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import type { Stores } from '../contracts/stores/stores.js';
import { voidTokens } from './void-tokens.js';

describe('a change of factors', () => {
  it('does not bring back a confirmation that another request uses at the same moment', async () => {
    const testHost = new TestHost();
    const ann = await Person.protectedBy(testHost);
    const [used, other] = [await ann.wants(removal('phone')), await ann.wants(removal('tablet'))];
    const { tokens } = testHost.stores;
    const now = testHost.clock.now();
    // The other request comes between the look at the rows and their removal.
    const raced = Object.create(tokens, {
      list: {
        value: async (...of: Parameters<typeof tokens.list>) => {
          const listed = await tokens.list(...of);
          await tokens.consume(used.token, now);
          return listed;
        },
      },
    }) as typeof tokens;
    const { session, accountState } = await ann.browser();
    const change = { accountId: ann.id, accountState, by: { account: session.account, key: ann.key } };
    await voidTokens({ tokens: raced } as Stores, change, { primaries: 1, version: 1 }, now);
    const left = await tokens.list({ purpose: 'confirm', accountId: ann.id }, now);
    expect(left.map(({ id }) => id)).toEqual([other.token.id]);
  });
});
