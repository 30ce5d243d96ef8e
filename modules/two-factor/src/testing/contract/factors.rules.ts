import assert from 'node:assert/strict';
import { same, simultaneously, yes, type ContractRules } from './rules.js';
import { aFactor, newId, now, oddIds } from './samples.js';

const never = { primaryCount: 0, version: 0 };

/** Requirements of every `FactorStore` for factors. */
export const factorRules: ContractRules = {
  'an account that never had a factor has none, and no set': async ({ factors }) => {
    same(await factors.load(newId()), { set: never, factors: [] });
  },

  'factors are returned as they were stored, oldest first, with the set': async ({ factors }) => {
    const account = newId();
    const younger = aFactor(account, { createdAt: now + 1, lastUsedAt: now + 5, version: 3 });
    const older = aFactor(account, { sealed: 'x'.repeat(20_000) });
    await factors.bumpVersion(account, never, 2);
    for (const factor of [younger, older, aFactor(newId())]) await factors.insert(factor);
    const set = { primaryCount: 2, version: 1 };
    same(await factors.load(account), { set, factors: [older, younger] });
  },

  'a factor without its account row is still found, and the reverse': async ({ factors }) => {
    const [lonely, empty] = [newId(), newId()];
    const factor = aFactor(lonely);
    await factors.insert(factor);
    await factors.bumpVersion(empty, never, 1);
    same(await factors.load(lonely), { set: never, factors: [factor] });
    same(await factors.load(empty), { set: { primaryCount: 1, version: 1 }, factors: [] });
  },

  'an id can be used only once': async ({ factors }) => {
    const factor = aFactor(newId());
    await factors.insert(factor);
    await assert.rejects(factors.insert({ ...factor, accountId: newId() }));
    same((await factors.load(factor.accountId)).factors, [factor]);
  },

  'an account id that is too long is refused or stored whole, never cut': async ({ factors }) => {
    const start = newId() + 'x'.repeat(64);
    const [cut, long] = [start.slice(0, 64), `${start}y`];
    await factors.insert(aFactor(long)).catch(() => undefined);
    await factors.bumpVersion(long, never, 1).catch(() => undefined);
    same(await factors.load(cut), { set: never, factors: [] });
  },

  'a change increments the version and leaves other columns alone': async ({ factors }) => {
    const factor = aFactor(newId());
    await factors.insert(factor);
    assert(await factors.update(factor, { lastUsedAt: now + 1 }));
    const used = { ...factor, version: 2, lastUsedAt: now + 1 };
    same((await factors.load(factor.accountId)).factors, [used]);
    assert(await factors.update(used, { sealed: 'new', lastUsedAt: now + 2 }));
    const resealed = { ...factor, version: 3, sealed: 'new', lastUsedAt: now + 2 };
    same((await factors.load(factor.accountId)).factors, [resealed]);
  },

  'an old version changes no row': async ({ factors }) => {
    const factor = aFactor(newId(), { version: 7 });
    await factors.insert(factor);
    for (const version of [6, 8, 0])
      assert(!(await factors.update({ ...factor, version }, { lastUsedAt: 1 })));
    same((await factors.load(factor.accountId)).factors, [factor]);
  },

  'of 50 simultaneous changes of one version exactly one wins': async ({ factors }) => {
    const factor = aFactor(newId());
    await factors.insert(factor);
    const won = await simultaneously((i) => factors.update(factor, { sealed: `by ${i}`, lastUsedAt: now }));
    assert.equal(yes(won), 1);
    const [stored] = (await factors.load(factor.accountId)).factors;
    same([stored?.version, stored?.sealed], [2, `by ${won.indexOf(true)}`]);
  },

  'a new name keeps the version, and the same name again does not fail': async ({ factors }) => {
    const factor = aFactor(newId());
    await factors.insert(factor);
    assert(await factors.rename(factor.id, factor.accountId, 'Work'));
    assert(await factors.rename(factor.id, factor.accountId, 'Work'));
    same((await factors.load(factor.accountId)).factors, [{ ...factor, label: 'Work' }]);
  },

  'a factor is removed once': async ({ factors }) => {
    const factor = aFactor(newId());
    await factors.insert(factor);
    const removed = await simultaneously(() => factors.remove(factor.id, factor.accountId));
    assert.equal(yes(removed), 1);
    same((await factors.load(factor.accountId)).factors, []);
  },

  "invalid ids and other people's accounts match no factor": async ({ factors }) => {
    const factor = aFactor(newId());
    await factors.insert(factor);
    await factors.bumpVersion(factor.accountId, never, 1);
    const { id, accountId } = factor;
    for (const odd of oddIds(accountId)) {
      same(await factors.load(odd), { set: never, factors: [] });
      assert(!(await factors.remove(id, odd)) && !(await factors.rename(id, odd, 'Theirs')));
      assert(!(await factors.update({ ...factor, accountId: odd }, { lastUsedAt: now })));
    }
    for (const odd of oddIds(id)) {
      assert(!(await factors.remove(odd, accountId)) && !(await factors.rename(odd, accountId, 'Theirs')));
      assert(!(await factors.update({ ...factor, id: odd }, { lastUsedAt: now })));
    }
    const set = { primaryCount: 1, version: 1 };
    same(await factors.load(accountId), { set, factors: [factor] });
  },
};
