import { same, simultaneously, type ContractRules } from '../rules.js';
import { newId, now, oddIds } from '../samples.js';

const none = { passedAt: null, failedAt: null, laterAt: null };

/** Requirements of every `CheckUpStore`. */
export const checkUpRules: ContractRules = {
  'the given times are stored, and the others stay': async ({ checkUps }) => {
    const factor = { factorId: newId(), accountId: newId() };
    await checkUps.record(factor, { failedAt: now });
    same(await checkUps.list(factor.accountId), [{ ...factor, ...none, failedAt: now }]);
    await checkUps.record(factor, { passedAt: now + 1, laterAt: now + 2 });
    await checkUps.record(factor, {});
    const all = { passedAt: now + 1, failedAt: now, laterAt: now + 2 };
    same(await checkUps.list(factor.accountId), [{ ...factor, ...all }]);
  },

  'of 50 simultaneous results of one factor each time is stored in its one row': async ({ checkUps }) => {
    const factor = { factorId: newId(), accountId: newId() };
    await simultaneously((i) => checkUps.record(factor, i % 2 ? { passedAt: now } : { laterAt: now }));
    const [row, ...more] = await checkUps.list(factor.accountId);
    same(more, []);
    same(row, { ...factor, passedAt: now, failedAt: null, laterAt: now });
  },

  'a result belongs to one account': async ({ checkUps }) => {
    const factor = { factorId: newId(), accountId: newId() };
    await checkUps.record(factor, { passedAt: now });
    await checkUps.record({ ...factor, accountId: newId() }, { failedAt: now });
    same(await checkUps.list(factor.accountId), [{ ...factor, ...none, passedAt: now }]);
    for (const odd of oddIds(factor.accountId)) same(await checkUps.list(odd), []);
  },

  'the results of factors that no longer exist are deleted': async ({ checkUps }) => {
    const account = newId();
    const [stays, gone] = [newId(), newId()].map((factorId) => ({ factorId, accountId: account }));
    const others = { factorId: newId(), accountId: newId() };
    for (const factor of [stays!, gone!, others]) await checkUps.record(factor, { passedAt: now });
    await checkUps.discard(account, [stays!.factorId]);
    same(await checkUps.list(account), [{ ...stays, ...none, passedAt: now }]);
    await checkUps.discard(account, []);
    same(await checkUps.list(account), []);
    same(await checkUps.list(others.accountId), [{ ...others, ...none, passedAt: now }]);
  },
};
