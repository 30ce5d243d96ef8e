import assert from 'node:assert/strict';
import type { SealedStore } from '../../core/contracts/stores/sealed.store.js';
import type { Stores } from '../../core/contracts/stores/stores.js';
import { same, simultaneously, yes, type ContractRules } from './rules.js';
import { aFactor, aRemovedFactor, aToken, newId, now } from './samples.js';

/** A prefix that no other test's values begin with. */
const newFront = (): string => `v1.${newId().slice(-12)}.`;

function sort({ sealed }: Stores, name: string): SealedStore {
  const store = sealed.find((each) => each.name === name);
  assert(store, `There are no ${name} among what is sealed.`);
  return store;
}

/** Requirements of every `SealedStore`. */
export const sealedRules: ContractRules = {
  'factors and drafts are counted by their exact prefix': async (stores) => {
    const prefix = newFront();
    for (const sealed of [
      `${prefix}a`,
      `${prefix}b`,
      prefix.toUpperCase(),
      `x${prefix}`,
      prefix.replace(/.\.$/, '_.'),
    ])
      await stores.factors.insert(aFactor(newId(), { sealed }));
    await stores.tokens.insert(aToken(newId(), { purpose: 'draft', sealed: `${prefix}c` }));
    await stores.tokens.insert(aToken(newId(), { purpose: 'pending', sealed: null }));
    same([await sort(stores, 'factors').count(prefix), await sort(stores, 'drafts').count(prefix)], [2, 1]);
  },

  'values of other keys are returned in the order of their ids, each once': async (stores) => {
    const [prefix, other] = [newFront(), newFront()];
    const factors = Array.from({ length: 5 }, (_, i) => aFactor(newId(), { sealed: `${other}${i}` }));
    for (const factor of [...factors, aFactor(newId(), { sealed: prefix })])
      await stores.factors.insert(factor);
    const seen: string[] = [];
    for (let after = ''; ;) {
      const values = await sort(stores, 'factors').others([prefix], after, 2);
      seen.push(...values.map(({ id }) => id));
      if (values.length < 2) break;
      after = values.at(-1)?.id ?? '';
    }
    assert.equal(new Set(seen).size, seen.length);
    for (const { id } of factors) assert(seen.includes(id));
  },

  'a factor is sealed again once, increments its version, and keeps its other columns': async (stores) => {
    const factor = aFactor(newId(), { sealed: `${newFront()}a`, lastUsedAt: now });
    await stores.factors.insert(factor);
    const won = await simultaneously((i) => sort(stores, 'factors').replace(factor, `anew ${i}`));
    assert.equal(yes(won), 1);
    const anew = { ...factor, sealed: `anew ${won.indexOf(true)}`, version: factor.version + 1 };
    same((await stores.factors.load(factor.accountId)).factors, [anew]);
  },

  'a draft is sealed again and keeps its other columns': async (stores) => {
    const draft = aToken(newId(), { purpose: 'draft', sealed: 'old', misses: 3 });
    await stores.tokens.insert(draft);
    assert(await sort(stores, 'drafts').replace({ ...draft, sealed: 'old' }, 'anew'));
    same(await stores.tokens.find(draft, now), { ...draft, sealed: 'anew' });
  },

  'a removed factor is sealed again and keeps its other columns': async (stores) => {
    const removed = aRemovedFactor(newId(), { sealed: 'old' });
    await stores.removed.insert(removed);
    assert(await sort(stores, 'removed-factors').replace(removed, 'anew'));
    same(await stores.removed.list(removed.accountId, now), [{ ...removed, sealed: 'anew' }]);
  },

  'a value that was changed, moved or removed is not overwritten': async (stores) => {
    const factors = sort(stores, 'factors');
    const factor = aFactor(newId(), { sealed: 'read' });
    await stores.factors.insert(factor);
    assert(await stores.factors.update(factor, { sealed: 'stepped', lastUsedAt: now }));
    assert(!(await factors.replace(factor, 'anew')));
    assert(!(await factors.replace({ ...factor, sealed: 'stepped', accountId: newId() }, 'anew')));
    same((await factors.find(factor))?.sealed, 'stepped');
    await stores.factors.remove(factor.id, factor.accountId);
    assert(!(await factors.replace({ ...factor, sealed: 'stepped' }, 'anew')));
    same(await factors.find(factor), null);
  },
};
