import assert from 'node:assert/strict';
import type { CallerCheck } from '../../../core/contracts/stores/desk/caller-check.store.js';
import { same, simultaneously, yes, type ContractRules } from '../rules.js';
import { newId, now, oddIds } from '../samples.js';

const minute = 60_000;
const verified = { state: 'verified', proof: 'totp', expiresAt: now + 20 * minute } as const;

function aCheck(accountId: string, more: Partial<CallerCheck> = {}): CallerCheck {
  const agent = { agentId: newId(), agentName: 'Zoë Ünal 📞' };
  const texts = { words: 'amber lobster piano', state: 'open', proof: '' } as const;
  return {
    ...{ id: newId(), accountId },
    ...agent,
    ...texts,
    ...{ createdAt: now, expiresAt: now + 10 * minute },
    ...more,
  };
}

/** Requirements of every `CallerCheckStore`. */
export const callerCheckRules: ContractRules = {
  'the checks of an account are listed, the newest first, and no others': async ({ callerChecks }) => {
    const account = newId();
    const [older, newer] = [aCheck(account), aCheck(account, { createdAt: now + 1 })];
    for (const check of [older, newer, aCheck(newId())]) await callerChecks.start(check);
    same(await callerChecks.list(account), [newer, older]);
    for (const odd of oddIds(account)) same(await callerChecks.list(odd), []);
  },

  'a new check of an agent replaces the earlier one, in whatever state': async ({ callerChecks }) => {
    const account = newId();
    const first = aCheck(account);
    const others = aCheck(account);
    await callerChecks.start(first);
    await callerChecks.start(others);
    assert(await callerChecks.answer(first, verified, now));
    const second = { ...first, id: newId(), words: 'candle river tango', createdAt: now + 5 };
    await callerChecks.start(second);
    same(await callerChecks.list(account), [second, others]);
    assert(!(await callerChecks.answer(first, verified, now)));
  },

  'of 50 simultaneous starts of one agent one check is left': async ({ callerChecks }) => {
    const [account, agentId] = [newId(), newId()];
    await simultaneously(() => callerChecks.start(aCheck(account, { agentId })));
    assert.equal((await callerChecks.list(account)).length, 1);
  },

  'of 50 simultaneous answers exactly one counts': async ({ callerChecks }) => {
    const check = aCheck(newId());
    await callerChecks.start(check);
    const answers = await simultaneously((i) =>
      callerChecks.answer(check, { ...verified, proof: `kind-${i}` }, now),
    );
    assert.equal(yes(answers), 1);
    const [answered] = await callerChecks.list(check.accountId);
    same(answered, { ...check, ...verified, proof: `kind-${answers.indexOf(true)}` });
  },

  'a check that has ended, or of another account or id, cannot be answered': async ({ callerChecks }) => {
    const check = aCheck(newId());
    await callerChecks.start(check);
    assert(!(await callerChecks.answer(check, verified, check.expiresAt)));
    for (const odd of oddIds(check.id))
      assert(!(await callerChecks.answer({ ...check, id: odd }, verified, now)));
    for (const odd of oddIds(check.accountId))
      assert(!(await callerChecks.answer({ ...check, accountId: odd }, verified, now)));
    same(await callerChecks.list(check.accountId), [check]);
  },

  'a sweep deletes what ended before, and the end of an account all of its own': async ({ callerChecks }) => {
    const account = newId();
    const [ended, running] = [aCheck(account, { expiresAt: now - 1 }), aCheck(account, { expiresAt: now })];
    const others = aCheck(newId());
    for (const check of [ended, running, others]) await callerChecks.start(check);
    await callerChecks.sweep(now);
    same(await callerChecks.list(account), [running]);
    for (const odd of oddIds(account)) await callerChecks.discard(odd);
    same(await callerChecks.list(account), [running]);
    await callerChecks.discard(account);
    same(await callerChecks.list(account), []);
    same(await callerChecks.list(others.accountId), [others]);
  },
};
