import assert from 'node:assert/strict';
import type { Token, TokenPurpose } from '../../core/contracts/stores/token.store.js';
import { same, simultaneously, yes, type ContractRules } from './rules.js';
import { aToken, newId, now, oddIds } from './samples.js';

/** Requirements of every `TokenStore` for one token. */
export const tokenRules: ContractRules = {
  'a token is returned as it was stored': async ({ tokens }) => {
    const token = aToken(newId(), { sealed: 'x'.repeat(20_000), misses: 2 });
    await tokens.insert(token);
    same(await tokens.find(token, now), token);
    await assert.rejects(tokens.insert(token));
  },

  'a token that has ended is not found': async ({ tokens }) => {
    const token = aToken(newId());
    await tokens.insert(token);
    for (const late of [token.expiresAt, token.expiresAt + 1]) {
      assert.equal(await tokens.find(token, late), null);
      assert.equal(await tokens.newest(token, late), null);
      assert(!(await tokens.countMiss(token, 5, late)) && !(await tokens.consume(token, late)));
    }
    same(await tokens.find(token, token.expiresAt - 1), token);
  },

  'the active tokens of a purpose and an account are listed, the newest first, and no others': async ({
    tokens,
  }) => {
    const account = newId();
    const device = (createdAt: number, of: Partial<Token> = {}) =>
      aToken(account, { ...of, purpose: 'device', createdAt });
    const listed = [device(now - 1), device(now - 2), device(now - 3)];
    const others = [
      device(now - 4, { expiresAt: now }),
      aToken(account),
      device(now, { accountId: newId() }),
    ];
    for (const token of [...others, ...listed.toReversed()]) await tokens.insert(token);
    same(await tokens.list({ purpose: 'device', accountId: account }, now), listed);
    for (const accountId of oddIds(account))
      same(await tokens.list({ purpose: 'device', accountId }, now), []);
  },

  'of 50 simultaneous attempts as many are counted as the limit allows': async ({ tokens }) => {
    const token = aToken(newId());
    await tokens.insert(token);
    assert.equal(yes(await simultaneously(() => tokens.countMiss(token, 5, now))), 5);
    assert.equal((await tokens.find(token, now))?.misses, 5);
  },

  'a refunded attempt can be used again, and the limit is never exceeded': async ({ tokens }) => {
    const token = aToken(newId());
    await tokens.insert(token);
    await tokens.refundMiss(token);
    assert.equal((await tokens.find(token, now))?.misses, 0);
    assert(await tokens.countMiss(token, 1, now));
    await tokens.refundMiss(token);
    assert(await tokens.countMiss(token, 1, now));
    assert(!(await tokens.countMiss(token, 1, now)));
  },

  'of 50 who consume a token exactly one does': async ({ tokens }) => {
    const token = aToken(newId());
    await tokens.insert(token);
    assert.equal(yes(await simultaneously(() => tokens.consume(token, now))), 1);
    assert.equal(await tokens.find(token, now), null);
    assert(!(await tokens.countMiss(token, 5, now)));
  },

  'of 50 who replace a token exactly one does, and only its token is there': async ({ tokens }) => {
    const token = aToken(newId(), { sealed: 'before' });
    await tokens.insert(token);
    const next = () => aToken(token.accountId, { purpose: 'step-up', subtype: 'sign-in', misses: 3 });
    const won: Token[] = [];
    await simultaneously(async () => {
      const mine = next();
      const isFirst = await tokens.replace(token, mine, now);
      if (isFirst) won.push(mine);
      return isFirst;
    });
    assert.equal(won.length, 1);
    assert.equal(await tokens.find(token, now), null);
    same(await tokens.list({ purpose: 'step-up', accountId: token.accountId }, now), won);
  },

  'a token that has ended, or of another purpose, is not replaced': async ({ tokens }) => {
    const token = aToken(newId());
    await tokens.insert(token);
    const next = { ...token, subtype: 'other' };
    assert(!(await tokens.replace(token, next, token.expiresAt)));
    assert(!(await tokens.replace({ ...token, purpose: 'draft' }, next, now)));
    assert(!(await tokens.replace({ ...token, accountId: newId() }, next, now)));
    same(await tokens.find(token, now), token);
    assert(await tokens.replace(token, next, now));
    same(await tokens.find(token, now), next);
  },

  "invalid ids, other purposes and other people's accounts match no token": async ({ tokens }) => {
    const token = aToken(newId());
    await tokens.insert(token);
    const purposes = [...oddIds('pending'), 'draft', 'step-up'] as TokenPurpose[];
    const anonymousFailures = [
      ...oddIds(token.id).map((id) => ({ ...token, id })),
      ...oddIds(token.accountId).map((accountId) => ({ ...token, accountId })),
      ...purposes.map((purpose) => ({ ...token, purpose })),
    ];
    await tokens.countMiss(token, 5, now);
    for (const stranger of anonymousFailures) {
      assert.equal(await tokens.find(stranger, now), null);
      assert(!(await tokens.countMiss(stranger, 5, now)) && !(await tokens.consume(stranger, now)));
      await tokens.refundMiss(stranger);
    }
    same(await tokens.find(token, now), { ...token, misses: 1 });
  },
};

/** Requirements of every `TokenStore` for all tokens of an account. */
export const tokenSetRules: ContractRules = {
  'the newest active token of a session and subtype is found': async ({ tokens }) => {
    const old = aToken(newId(), { purpose: 'draft', subtype: 'totp' });
    const newer = { ...old, id: newId(), createdAt: now + 1 };
    const other = { ...old, id: newId(), subtype: 'webauthn', createdAt: now + 2 };
    const ended = { ...old, id: newId(), createdAt: now + 3, expiresAt: now };
    for (const token of [newer, old, other, ended]) await tokens.insert(token);
    const { purpose, accountId, key, subtype } = old;
    same(await tokens.newest({ purpose, accountId, key, subtype }, now), newer);
    same(await tokens.newest({ purpose, accountId, key }, now), other);
    assert.equal(await tokens.newest({ purpose, accountId, key, subtype: 'none' }, now), null);
    for (const odd of oddIds(key))
      assert.equal(await tokens.newest({ purpose, accountId, key: odd }, now), null);
    for (const odd of oddIds(accountId))
      assert.equal(await tokens.newest({ purpose, accountId: odd, key }, now), null);
  },

  'discarding ends the given tokens, and none of other accounts': async ({ tokens }) => {
    const [account, other] = [newId(), newId()];
    const pending = aToken(account);
    const draft = aToken(account, { purpose: 'draft' });
    const theirs = aToken(other);
    for (const token of [pending, draft, theirs]) await tokens.insert(token);
    for (const odd of oddIds(account)) await tokens.discard(odd);
    await tokens.discard(account, 'pending');
    same(
      [await tokens.find(pending, now), await tokens.find(draft, now), await tokens.find(theirs, now)],
      [null, draft, theirs],
    );
    await tokens.discard(account);
    same([await tokens.find(draft, now), await tokens.find(theirs, now)], [null, theirs]);
  },

  'discarding until a moment keeps tokens that were created after it': async ({ tokens }) => {
    const account = newId();
    const [old, then, newer] = [-1, 0, 1].map((after) => aToken(account, { createdAt: now + after }));
    for (const token of [old, then, newer]) await tokens.insert(token ?? aToken(''));
    await tokens.discard(account, 'pending', now);
    const found = await Promise.all([old, then, newer].map((token) => tokens.find(token ?? aToken(''), now)));
    same(found, [null, null, newer]);
  },

  'sweeping deletes tokens that have ended, and no active ones': async ({ tokens }) => {
    // Long before the time of all other tests, which share the table.
    const then = Date.UTC(2001, 0, 1);
    const ended = aToken(newId(), { createdAt: then - 9, expiresAt: then - 1 });
    const living = aToken(newId(), { createdAt: then - 9, expiresAt: then });
    for (const token of [ended, living]) await tokens.insert(token);
    await tokens.sweep(then);
    assert.equal(await tokens.find(ended, 0), null);
    same(await tokens.find(living, 0), living);
  },
};
