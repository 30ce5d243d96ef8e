import assert from 'node:assert/strict';
import { same, simultaneously, yes, type ContractRules } from './rules.js';
import { aToken, newId, noIds, now, oddIds } from './samples.js';

const never = { primaryCount: 0, version: 0 };
const noneEnded = { version: 0, keepKey: null };

/** Requirements of every `FactorStore` for the account row. */
export const setRules: ContractRules = {
  'a set is created, and its version increments with every change': async ({ factors }) => {
    const account = newId();
    assert(await factors.bumpVersion(account, never, 1));
    assert(await factors.bumpVersion(account, { primaryCount: 1, version: 1 }, 2));
    assert(await factors.bumpVersion(account, { primaryCount: 2, version: 2 }, 0));
    same((await factors.load(account)).set, { primaryCount: 0, version: 3 });
  },

  'a set with a newer version is not changed': async ({ factors }) => {
    const account = newId();
    const first = { primaryCount: 1, version: 1 };
    assert(!(await factors.bumpVersion(account, first, 1)));
    assert(await factors.bumpVersion(account, never, 1));
    assert(!(await factors.bumpVersion(account, never, 5)));
    assert(!(await factors.bumpVersion(account, { primaryCount: 1, version: 2 }, 5)));
    same((await factors.load(account)).set, first);
  },

  'a set is created, or moved to a given version, only from the version that it had': async ({ factors }) => {
    const account = newId();
    assert(await factors.bumpVersion(account, never, 0, 8));
    assert(!(await factors.bumpVersion(account, never, 0, 9)));
    assert(await factors.bumpVersion(account, { primaryCount: 0, version: 8 }, 1));
    assert(await factors.bumpVersion(account, { primaryCount: 1, version: 9 }, 0, 20));
    same((await factors.load(account)).set, { primaryCount: 0, version: 20 });
  },

  'what a reset left behind is stored beside the set, survives other changes, and is removed': async (
    stores,
  ) => {
    const { factors } = stores;
    const [account, other] = [newId(), newId()];
    assert(!(await factors.markReset(account, 're-enrol')));
    for (const each of [account, other]) await factors.bumpVersion(each, never, 1);
    for (const mark of ['one-time-code', 're-enrol', 're-enrol'] as const) {
      assert(await factors.markReset(account, mark));
      same((await factors.load(account)).set, { primaryCount: 1, version: 1, reset: mark });
    }
    assert(await factors.bumpVersion(account, { primaryCount: 1, version: 1 }, 0));
    assert(await factors.endSessions(account, { version: 2, keepKey: null }));
    same((await factors.load(account)).set, { primaryCount: 0, version: 2, reset: 're-enrol' });
    const token = aToken(account);
    await stores.tokens.insert(token);
    same((await stores.pending.find(token, now, 5))?.set.reset, 're-enrol');
    assert(await factors.markReset(account, null));
    same((await factors.load(account)).set, { primaryCount: 0, version: 2 });
    same((await factors.load(other)).set, { primaryCount: 1, version: 1 });
  },

  'the mark of a reset is rolled back with its transaction': async (stores) => {
    const account = newId();
    await stores.factors.bumpVersion(account, never, 1);
    const failed = stores.transaction(async ({ factors }) => {
      await factors.markReset(account, 're-enrol');
      throw new Error('rolled back');
    });
    await assert.rejects(failed, /rolled back/);
    same((await stores.factors.load(account)).set, { primaryCount: 1, version: 1 });
  },

  'an invalid id gets no mark': async ({ factors }) => {
    const account = newId();
    await factors.bumpVersion(account, never, 1);
    for (const odd of oddIds(account)) assert(!(await factors.markReset(odd, 're-enrol')));
    same((await factors.load(account)).set, { primaryCount: 1, version: 1 });
  },

  'no session has ended of an account that never had a factor': async ({ factors }) => {
    same(await factors.sessionVersions(newId()), { now: 0, ended: noneEnded });
  },

  'sessions end once for each version, and never for an older one': async ({ factors }) => {
    const account = newId();
    await factors.bumpVersion(account, never, 1, 5);
    same(await factors.sessionVersions(account), { now: 5, ended: noneEnded });
    assert(await factors.endSessions(account, { version: 3, keepKey: 'mine' }));
    assert(!(await factors.endSessions(account, { version: 3, keepKey: 'theirs' })));
    assert(!(await factors.endSessions(account, { version: 2, keepKey: null })));
    same(await factors.sessionVersions(account), { now: 5, ended: { version: 3, keepKey: 'mine' } });
    assert(await factors.endSessions(account, { version: 4, keepKey: null }));
    await factors.bumpVersion(account, { primaryCount: 1, version: 5 }, 0);
    same(await factors.sessionVersions(account), { now: 6, ended: { version: 4, keepKey: null } });
  },

  'of simultaneous calls for one version exactly one ends sessions': async ({ factors }) => {
    const account = newId();
    await factors.bumpVersion(account, never, 1);
    const ended = await simultaneously((i) => factors.endSessions(account, { version: 1, keepKey: `${i}` }));
    assert.equal(yes(ended), 1);
    same((await factors.sessionVersions(account)).ended.keepKey, `${ended.indexOf(true)}`);
  },

  'no session ends of an account without a row, or with an invalid id': async ({ factors }) => {
    const account = newId();
    assert(!(await factors.endSessions(account, { version: 1, keepKey: null })));
    await factors.bumpVersion(account, never, 1);
    for (const odd of oddIds(account)) {
      assert(!(await factors.endSessions(odd, { version: 1, keepKey: null })));
      same(await factors.sessionVersions(odd), { now: 0, ended: noneEnded });
    }
    same((await factors.sessionVersions(account)).ended, noneEnded);
  },

  'of 50 simultaneous changes exactly one wins, for the first factor and for a later one': async (stores) => {
    const account = newId();
    for (const from of [never, { primaryCount: 1, version: 1 }]) {
      const won = await simultaneously(() => stores.factors.bumpVersion(account, from, 1));
      assert.equal(yes(won), 1);
      assert.equal((await stores.factors.load(account)).set.version, from.version + 1);
    }
  },

  'an invalid id gets no set': async ({ factors }) => {
    for (const none of noIds(newId())) {
      assert(!(await factors.bumpVersion(none, never, 1)));
      same(await factors.load(none), { set: never, factors: [] });
    }
  },

  'invalid ids change no other account': async ({ factors }) => {
    const account = newId();
    const set = { primaryCount: 1, version: 1 };
    await factors.bumpVersion(account, never, 1);
    for (const odd of oddIds(account)) {
      await factors.bumpVersion(odd, set, 9).catch(() => false);
      await factors.bumpVersion(odd, never, 9).catch(() => false);
    }
    same((await factors.load(account)).set, set);
  },
};
