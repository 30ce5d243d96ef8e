import assert from 'node:assert/strict';
import type {
  RecoveryCase,
  RecoveryCaseStore,
} from '../../../core/contracts/stores/desk/recovery-case.store.js';
import { same, simultaneously, yes, type ContractRules } from '../rules.js';
import { newId, now, oddIds } from '../samples.js';

const hour = 3_600_000;

function aCase(accountId: string, more: Partial<RecoveryCase> = {}): RecoveryCase {
  const marks = { stamp: 'stamp.1', uses: 'uses.1', linkHash: 'hash' };
  const times = { openedAt: now, waitsUntil: now + 72 * hour, endsAt: now + 720 * hour, dueAt: now };
  const texts = { sealed: 'v1.a.b.c', progress: '{"ticks":[]}', reason: '' };
  return { ...{ id: newId(), accountId, state: 'open', version: 1 }, ...marks, ...times, ...texts, ...more };
}

/** Opens a case for each age, in ms. */
async function opened(
  recoveryCases: RecoveryCaseStore,
  ages: readonly [number, number, number],
): Promise<[RecoveryCase, RecoveryCase, RecoveryCase]> {
  const [a, b, c] = ages.map((age) => aCase(newId(), { openedAt: now - age, dueAt: now - age }));
  for (const each of [a!, b!, c!]) assert(await recoveryCases.open(each));
  return [a!, b!, c!];
}

function ids(...cases: readonly RecoveryCase[]): string[] {
  return cases.map(({ id }) => id);
}

/** The ids of these cases, in the order of a list that may have others. */
function listedOf(cases: readonly RecoveryCase[]): (listed: readonly RecoveryCase[]) => string[] {
  return (listed) => ids(...listed).filter((id) => ids(...cases).includes(id));
}

/** Requirements of every `RecoveryCaseStore`. */
export const recoveryCaseRules: ContractRules = {
  'a case is found by its account and its id, and by no other': async ({ recoveryCases }) => {
    const opened = aCase(newId());
    assert(await recoveryCases.open(opened));
    same(await recoveryCases.ofAccount(opened.accountId), opened);
    same(await recoveryCases.find(opened.id), opened);
    for (const odd of oddIds(opened.accountId)) assert.equal(await recoveryCases.ofAccount(odd), null);
    for (const odd of oddIds(opened.id)) assert.equal(await recoveryCases.find(odd), null);
  },

  'an account has one case; a new one replaces one that has ended': async ({ recoveryCases }) => {
    const account = newId();
    for (const state of ['completed', 'cancelled'] as const) {
      const first = aCase(account);
      assert(await recoveryCases.open(first));
      assert(!(await recoveryCases.open(aCase(account))));
      assert(await recoveryCases.update(first, { state: 'approved' }));
      assert(!(await recoveryCases.open(aCase(account))));
      assert(await recoveryCases.update({ ...first, version: 2 }, { state }));
      const second = aCase(account, { openedAt: now + 1 });
      assert(await recoveryCases.open(second));
      same(await recoveryCases.ofAccount(account), second);
      assert.equal(await recoveryCases.find(first.id), null);
      assert(await recoveryCases.update(second, { state: 'cancelled' }));
    }
  },

  'of 50 simultaneous cases of an account exactly one is opened': async ({ recoveryCases }) => {
    const account = newId();
    assert.equal(yes(await simultaneously(() => recoveryCases.open(aCase(account)))), 1);
    const first = (await recoveryCases.ofAccount(account))!;
    assert(await recoveryCases.update(first, { state: 'cancelled' }));
    assert.equal(yes(await simultaneously(() => recoveryCases.open(aCase(account)))), 1);
  },

  'a change needs the version that was read, and keeps what it does not name': async ({ recoveryCases }) => {
    const opened = aCase(newId());
    await recoveryCases.open(opened);
    const change = { state: 'approved', progress: '{"ticks":["a"]}', dueAt: now + hour } as const;
    assert(await recoveryCases.update(opened, change));
    assert(!(await recoveryCases.update(opened, { state: 'cancelled' })));
    const changed = { ...opened, ...change, version: 2 };
    same(await recoveryCases.find(opened.id), changed);
    assert(
      await recoveryCases.update(changed, {
        sealed: null,
        reason: 'staff',
        endsAt: now + 1,
        state: 'cancelled',
      }),
    );
    const end = { sealed: null, reason: 'staff', endsAt: now + 1, state: 'cancelled', version: 3 } as const;
    same(await recoveryCases.find(opened.id), { ...changed, ...end });
  },

  'of 50 simultaneous changes of one version exactly one counts': async ({ recoveryCases }) => {
    const opened = aCase(newId());
    await recoveryCases.open(opened);
    const won = await simultaneously((i) => recoveryCases.update(opened, { progress: `{"by":${i}}` }));
    assert.equal(yes(won), 1);
    same((await recoveryCases.find(opened.id))?.progress, `{"by":${won.indexOf(true)}}`);
  },

  'a case of another account or id is not changed': async ({ recoveryCases }) => {
    const opened = aCase(newId());
    await recoveryCases.open(opened);
    for (const odd of oddIds(opened.id))
      assert(!(await recoveryCases.update({ ...opened, id: odd }, { state: 'cancelled' })));
    for (const odd of oddIds(opened.accountId))
      assert(!(await recoveryCases.update({ ...opened, accountId: odd }, { state: 'cancelled' })));
    same(await recoveryCases.find(opened.id), opened);
  },

  'cases are listed by state, the oldest first': async ({ recoveryCases }) => {
    const [first, third, second] = await opened(recoveryCases, [3, 1, 2]);
    const own = listedOf([first, second, third]);
    same(own(await recoveryCases.list(['open', 'approved'], 10_000)), ids(first, second, third));
    same(own(await recoveryCases.list(['completed'], 10_000)), []);
    same(await recoveryCases.list([], 10_000), []);
    assert.equal((await recoveryCases.list(['open'], 1)).length, 1);
  },

  'a case is due until it ends, and again when its time comes': async ({ recoveryCases }) => {
    const [first, third, second] = await opened(recoveryCases, [3, 1, 2]);
    const own = listedOf([first, second, third]);
    same(own(await recoveryCases.due(now, 10_000)), ids(first, second, third));
    same(own(await recoveryCases.due(now - 2, 10_000)), ids(first, second));
    assert(await recoveryCases.update(first, { dueAt: now + 1 }));
    assert(await recoveryCases.update(second, { state: 'cancelled' }));
    same(own(await recoveryCases.due(now, 10_000)), ids(third));
    same(own(await recoveryCases.due(now + 1, 10_000)), ids(third, first));
  },

  'the case of an account that no longer exists is deleted': async ({ recoveryCases }) => {
    const [gone, stays] = [aCase(newId()), aCase(newId())];
    for (const each of [gone, stays]) await recoveryCases.open(each);
    await recoveryCases.discard(gone.accountId);
    assert.equal(await recoveryCases.ofAccount(gone.accountId), null);
    same(await recoveryCases.find(stays.id), stays);
  },
};
