import assert from 'node:assert/strict';
import { same, simultaneously, yes, type ContractRules } from './rules.js';
import { aLockDown, aRemovedFactor, aStopLink, newId, now, oddIds } from './samples.js';

/** Requirements of every `LockDownStore`. */
export const lockDownRules: ContractRules = {
  'a stop link is returned as it was stored, until it ends': async ({ lockDowns }) => {
    const facts = {
      at: now,
      label: 'Phone 📱',
      undo: { name: 'email', data: { former: 'zoë@example.com' } },
    };
    const link = aStopLink(newId(), { facts });
    await lockDowns.addLink(link);
    same(await lockDowns.findLink(link.id, link.expiresAt - 1), link);
    same(await lockDowns.findLink(link.id, link.expiresAt), null);
    for (const odd of oddIds(link.id)) same(await lockDowns.findLink(odd, now), null);
    await assert.rejects(lockDowns.addLink(link));
  },

  'of 50 simultaneous lock-downs for one event exactly one wins': async ({ lockDowns }) => {
    const lockDown = aLockDown(newId());
    assert.equal(yes(await simultaneously(() => lockDowns.lock(lockDown))), 1);
    same(await lockDowns.list(lockDown.accountId), [lockDown]);
    assert(!(await lockDowns.lock({ ...lockDown, eventName: 'another' })));
  },

  'a lock-down is rolled back with its transaction': async (stores) => {
    const lockDown = aLockDown(newId());
    const failing = stores.transaction(async (unit) => {
      await unit.lockDowns.lock(lockDown);
      throw new Error('rolled back');
    });
    await assert.rejects(failing, /rolled back/);
    assert(await stores.lockDowns.lock(lockDown));
  },

  'the lock-downs of an account are listed, the newest first, and no others': async ({ lockDowns }) => {
    const account = newId();
    const listed = [aLockDown(account, { createdAt: now }), aLockDown(account, { createdAt: now - 1 })];
    for (const each of [...listed.toReversed(), aLockDown(newId())]) await lockDowns.lock(each);
    same(await lockDowns.list(account), listed);
    for (const odd of oddIds(account)) same(await lockDowns.list(odd), []);
  },

  'a lock-down is released once, and only for its account': async ({ lockDowns }) => {
    const lockDown = aLockDown(newId());
    await lockDowns.lock(lockDown);
    for (const accountId of oddIds(lockDown.accountId))
      assert(!(await lockDowns.release({ ...lockDown, accountId }, now)));
    assert.equal(yes(await simultaneously(() => lockDowns.release(lockDown, now + 1))), 1);
    same(await lockDowns.list(lockDown.accountId), [{ ...lockDown, releasedAt: now + 1 }]);
  },

  'ended links and old released lock-downs are swept, and nothing else': async ({ lockDowns }) => {
    const account = newId();
    const links = [aStopLink(account, { expiresAt: 1 }), aStopLink(account)];
    for (const link of links) await lockDowns.addLink(link);
    const old = { createdAt: 1 };
    const [gone, held] = [aLockDown(account, { ...old, releasedAt: 2 }), aLockDown(account, old)];
    for (const each of [gone, held]) await lockDowns.lock(each);
    await lockDowns.sweep(2, 2);
    same(await Promise.all(links.map(({ id }) => lockDowns.findLink(id, 0))), [null, links[1]]);
    same(await lockDowns.list(account), [held]);
  },

  'all links and lock-downs of an account are deleted, and of no other': async ({ lockDowns }) => {
    const [account, other] = [newId(), newId()];
    const links = [aStopLink(account), aStopLink(other)];
    for (const link of links) await lockDowns.addLink(link);
    const kept = aLockDown(other);
    for (const each of [aLockDown(account), kept]) await lockDowns.lock(each);
    for (const odd of oddIds(other)) await lockDowns.discard(odd);
    await lockDowns.discard(account);
    same(await Promise.all(links.map(({ id }) => lockDowns.findLink(id, now))), [null, links[1]]);
    same([await lockDowns.list(account), await lockDowns.list(other)], [[], [kept]]);
  },
};

/** Requirements of every `RemovedFactorStore`. */
export const removedRules: ContractRules = {
  'a removed factor is returned as it was stored, until it ends': async ({ removed }) => {
    const factor = aRemovedFactor(newId(), { replacedBy: newId(), lastUsedAt: now - 5 });
    await removed.insert(factor);
    same(await removed.list(factor.accountId, factor.expiresAt - 1), [factor]);
    same(await removed.list(factor.accountId, factor.expiresAt), []);
    for (const odd of oddIds(factor.accountId)) same(await removed.list(odd, now), []);
    await assert.rejects(removed.insert(factor));
  },

  'a removed factor is taken once, and only for its account': async ({ removed }) => {
    const factor = aRemovedFactor(newId());
    await removed.insert(factor);
    for (const odd of oddIds(factor.accountId)) assert(!(await removed.remove(factor.id, odd)));
    assert.equal(yes(await simultaneously(() => removed.remove(factor.id, factor.accountId))), 1);
    same(await removed.list(factor.accountId, now), []);
  },

  'ended ones are swept, and those of one account are deleted': async ({ removed }) => {
    const [account, other] = [newId(), newId()];
    const kept = aRemovedFactor(other);
    for (const each of [aRemovedFactor(other, { expiresAt: 1 }), kept, aRemovedFactor(account)])
      await removed.insert(each);
    await removed.sweep(2);
    await removed.discard(account);
    same([await removed.list(account, 0), await removed.list(other, 0)], [[], [kept]]);
  },
};
