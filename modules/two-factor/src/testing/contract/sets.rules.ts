import assert from 'node:assert/strict';
import { same, simultaneously, yes, type Rules } from './rules.js';
import { newId, noIds, oddIds } from './samples.js';

const never = { primaries: 0, version: 0 };

/** What every `FactorStore` promises of the account row. */
export const setRules: Rules = {
  'a set is made, and counts up with every change': async ({ factors }) => {
    const account = newId();
    assert(await factors.advance(account, never, 1));
    assert(await factors.advance(account, { primaries: 1, version: 1 }, 2));
    assert(await factors.advance(account, { primaries: 2, version: 2 }, 0));
    same((await factors.ofAccount(account)).set, { primaries: 0, version: 3 });
  },

  'a set that has moved on is not advanced': async ({ factors }) => {
    const account = newId();
    const first = { primaries: 1, version: 1 };
    assert(!(await factors.advance(account, first, 1)));
    assert(await factors.advance(account, never, 1));
    assert(!(await factors.advance(account, never, 5)));
    assert(!(await factors.advance(account, { primaries: 1, version: 2 }, 5)));
    same((await factors.ofAccount(account)).set, first);
  },

  'of 50 simultaneous advances exactly one wins, for the first factor and for a later one': async (
    stores,
  ) => {
    const account = newId();
    for (const from of [never, { primaries: 1, version: 1 }]) {
      const won = await simultaneously(() => stores.factors.advance(account, from, 1));
      assert.equal(yes(won), 1);
      assert.equal((await stores.factors.ofAccount(account)).set.version, from.version + 1);
    }
  },

  'what is no id gets no set': async ({ factors }) => {
    for (const none of noIds(newId())) {
      assert(!(await factors.advance(none, never, 1)));
      same(await factors.ofAccount(none), { set: never, factors: [] });
    }
  },

  'odd ids advance nobody else': async ({ factors }) => {
    const account = newId();
    const set = { primaries: 1, version: 1 };
    await factors.advance(account, never, 1);
    for (const odd of oddIds(account)) {
      await factors.advance(odd, set, 9).catch(() => false);
      await factors.advance(odd, never, 9).catch(() => false);
    }
    same((await factors.ofAccount(account)).set, set);
  },
};
