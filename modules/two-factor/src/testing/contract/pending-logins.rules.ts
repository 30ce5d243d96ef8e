import assert from 'node:assert/strict';
import { same, type ContractRules } from './rules.js';
import { aFactor, aToken, newId, now, oddIds } from './samples.js';

/** Requirements of every `PendingLoginStore`. */
export const pendingRules: ContractRules = {
  'a token is found with its account row and all factors of the account, oldest first': async (stores) => {
    const account = newId();
    const token = aToken(account);
    const factors = [aFactor(account, { createdAt: now }), aFactor(account, { createdAt: now + 1 })];
    await stores.tokens.insert(token);
    await stores.factors.bumpVersion(account, { primaryCount: 0, version: 0 }, 1);
    for (const factor of [...factors.toReversed(), aFactor(newId())]) await stores.factors.insert(factor);
    same(await stores.pending.find(token, now, 50), { token, set: { primaryCount: 1, version: 1 }, factors });
  },

  'a token of an account without rows is found without factors': async ({ tokens, pending }) => {
    const token = aToken(newId());
    await tokens.insert(token);
    same(await pending.find(token, now, 50), { token, set: { primaryCount: 0, version: 0 }, factors: [] });
  },

  'a token that has ended, or of another purpose, account or id, is not found': async (stores) => {
    const token = aToken(newId());
    await stores.tokens.insert(token);
    const wrong = [{ purpose: 'draft' } as const, ...oddIds(token.id).map((id) => ({ id }))];
    const others = [...wrong, ...oddIds(token.accountId).map((accountId) => ({ accountId }))];
    for (const other of others)
      assert.equal(await stores.pending.find({ ...token, ...other }, now, 50), null);
    assert.equal(await stores.pending.find(token, token.expiresAt, 50), null);
    await stores.tokens.consume(token, now);
    assert.equal(await stores.pending.find(token, now, 50), null);
  },

  'the oldest of more than `most` tokens are not found any more': async (stores) => {
    const account = newId();
    const tokens = Array.from({ length: 5 }, (_, i) => aToken(account, { createdAt: now + i }));
    const others = [aToken(account, { purpose: 'draft', createdAt: now - 1 }), aToken(newId())];
    for (const token of [...tokens, ...others]) await stores.tokens.insert(token);
    const found = await Promise.all(
      [...tokens, ...others].map(async (token) => (await stores.pending.find(token, now, 3))?.token ?? null),
    );
    same(found, [null, null, ...tokens.slice(2), ...others]);
  },
};
