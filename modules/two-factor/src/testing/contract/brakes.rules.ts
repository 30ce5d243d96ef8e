import assert from 'node:assert/strict';
import type { BrakeStart } from '../../core/contracts/stores/brake.store.js';
import { same, simultaneously, yes, type ContractRules } from './rules.js';
import { newId, now, oddIds } from './samples.js';

const day = 86_400_000;
const end = { at: now + 1, shortenedBy: 'one', approvedBy: 'other' };

function aStart(more: Partial<BrakeStart> = {}): BrakeStart {
  const sample = { cause: 'reset', eventId: newId(), startedAt: now, until: now + 3 * day };
  return { ...sample, ...more };
}

/** Requirements of every `BrakeStore`. */
export const brakeRules: ContractRules = {
  'a brake is read as it was started, and an account without one has no row': async ({ brakes }) => {
    const [account, start] = [newId(), aStart()];
    assert.equal(await brakes.read(account), null);
    assert(await brakes.start(account, start));
    const rest = { frozenAt: 0, recoveryUsedAt: 0, shortenedBy: null, approvedBy: null };
    same(await brakes.read(account), { ...start, ...rest, accountId: account });
  },

  'a later cause replaces the cause and extends the wait, and never shortens it': async ({ brakes }) => {
    const account = newId();
    await brakes.start(account, aStart({ until: now + 7 * day }));
    assert(await brakes.start(account, aStart({ cause: 'recovery', startedAt: now + 1, until: now + day })));
    assert.equal((await brakes.read(account))?.until, now + 7 * day);
    assert(await brakes.start(account, aStart({ startedAt: now + 2, until: now + 9 * day })));
    const row = await brakes.read(account);
    same([row?.cause, row?.startedAt, row?.until], ['reset', now + 2, now + 9 * day]);
  },

  'a start that was stored before, or is older, changes nothing, even after the wait was ended': async ({
    brakes,
  }) => {
    const [account, start] = [newId(), aStart()];
    await brakes.start(account, start);
    assert(await brakes.shorten(account, start, end));
    assert(!(await brakes.start(account, start)));
    assert(!(await brakes.start(account, aStart({ startedAt: now - 1, until: now + 9 * day }))));
    assert.equal((await brakes.read(account))?.until, end.at);
    assert(await brakes.start(account, aStart()), 'another cause of the same moment');
    same((await brakes.read(account))?.shortenedBy, null);
  },

  'of 50 simultaneous starts of one event exactly one is stored, and each of 50 events leaves a brake':
    async ({ brakes }) => {
      const [account, other, start] = [newId(), newId(), aStart()];
      assert.equal(yes(await simultaneously(() => brakes.start(account, start))), 1);
      await simultaneously((i) => brakes.start(other, aStart({ startedAt: now + i, until: now + i + day })));
      assert.equal((await brakes.read(other))?.until, now + 49 + day);
    },

  'of 50 simultaneous ends exactly one succeeds, and it names two people': async ({ brakes }) => {
    const [account, start] = [newId(), aStart()];
    await brakes.start(account, start);
    assert.equal(yes(await simultaneously(() => brakes.shorten(account, start, end))), 1);
    const row = await brakes.read(account);
    same([row?.until, row?.shortenedBy, row?.approvedBy], [end.at, 'one', 'other']);
  },

  'a wait that was extended meanwhile, has passed, or never began is not ended': async ({ brakes }) => {
    const [account, start] = [newId(), aStart()];
    assert(!(await brakes.shorten(account, start, end)));
    await brakes.start(account, start);
    await brakes.start(account, aStart({ startedAt: now + 1, until: now + 4 * day }));
    assert(!(await brakes.shorten(account, start, end)));
    const running = { startedAt: now + 1, until: now + 4 * day };
    assert(!(await brakes.shorten(account, running, { ...end, at: running.until })));
    assert.equal((await brakes.read(account))?.until, now + 4 * day);
  },

  'a freeze needs no brake, and ends with a time that is not before it': async ({ brakes }) => {
    const account = newId();
    await brakes.freeze(account, now);
    await brakes.freeze(account, now - 1);
    await brakes.thaw(account, now - 1);
    assert.equal((await brakes.read(account))?.frozenAt, now);
    await brakes.thaw(account, now);
    assert.equal((await brakes.read(account))?.frozenAt, 0);
    await brakes.freeze(account, now);
    await brakes.thaw(account);
    assert.equal((await brakes.read(account))?.frozenAt, 0);
  },

  'a freeze and a brake leave each other alone': async ({ brakes }) => {
    const account = newId();
    await brakes.freeze(account, now);
    await brakes.start(account, aStart());
    await brakes.thaw(account);
    const row = await brakes.read(account);
    same([row?.frozenAt, row?.until], [0, now + 3 * day]);
  },

  'the latest use of a recovery factor is noted': async ({ brakes }) => {
    const account = newId();
    for (const at of [now, now + 5, now + 2]) await brakes.noteRecovery(account, at);
    same(await brakes.read(account).then((row) => [row?.recoveryUsedAt, row?.until]), [now + 5, 0]);
  },

  'a removed brake is gone': async ({ brakes }) => {
    const account = newId();
    await brakes.start(account, aStart());
    await brakes.remove(account);
    assert.equal(await brakes.read(account), null);
  },

  'a transaction that fails starts no brake': async (stores) => {
    const account = newId();
    const failing = stores.transaction(async ({ brakes }) => {
      await brakes.start(account, aStart());
      throw new Error('undone');
    });
    await assert.rejects(failing, /undone/);
    assert.equal(await stores.brakes.read(account), null);
  },

  'odd ids never change another account’s brake': async ({ brakes }) => {
    const [account, start] = [newId(), aStart()];
    await brakes.start(account, start);
    const before = await brakes.read(account);
    for (const odd of oddIds(account)) {
      await brakes.start(odd, aStart({ startedAt: now + 1 })).catch(() => false);
      await brakes.shorten(odd, start, end);
      await brakes.freeze(odd, now).catch(() => undefined);
      await brakes.noteRecovery(odd, now).catch(() => undefined);
      await brakes.thaw(odd);
      await brakes.remove(odd);
    }
    same(await brakes.read(account), before);
  },
};
