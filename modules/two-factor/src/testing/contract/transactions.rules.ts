import assert from 'node:assert/strict';
import type { Stores } from '../../core/contracts/stores/stores.js';
import { same, simultaneously, yes, type ContractRules } from './rules.js';
import { aFactor, aToken, anEvent, newId, now } from './samples.js';

const never = { primaryCount: 0, version: 0 };
const countOnly = { every: 1_000, waits: [], hardStop: 1_000 };

async function everythingOf(stores: Stores, account: string): Promise<unknown> {
  const due = await stores.events.findDue(now, 10, 10_000);
  return {
    ...(await stores.factors.load(account)),
    newest: await stores.tokens.newest({ purpose: 'draft', accountId: account, key: account }, now),
    attempts: await stores.attempts.read([account]),
    events: due.filter(({ event }) => event.accountId === account).length,
  };
}

/** One row of each kind. */
async function fill(stores: Stores, account: string): Promise<void> {
  await stores.factors.bumpVersion(account, never, 1);
  await stores.factors.insert(aFactor(account));
  await stores.tokens.insert(aToken(account, { purpose: 'draft', key: account }));
  await stores.attempts.consume(account, countOnly, now);
  await stores.events.record([anEvent(account)], now);
}

/** Consumes the token and records an event, or leaves everything unchanged. */
async function takeOnce(unit: Stores, token: ReturnType<typeof aToken>): Promise<void> {
  assert(await unit.tokens.consume(token, now), 'taken by somebody else');
  await unit.events.record([anEvent(token.accountId)], now);
}

/** Requirements of `transaction`. */
export const togetherRules: ContractRules = {
  'a transaction stores all its changes, and returns the result of its work': async (stores) => {
    const account = newId();
    const answer = await stores.transaction(async (unit) => {
      await fill(unit, account);
      return everythingOf(unit, account);
    });
    same(answer, await everythingOf(stores, account));
    assert.equal((await stores.factors.load(account)).factors.length, 1);
  },

  'a transaction that throws changes nothing, and rethrows the same error': async (stores) => {
    const account = newId();
    const nothing = await everythingOf(stores, account);
    const reason = new Error('changed my mind');
    const failing = stores.transaction(async (unit) => {
      await fill(unit, account);
      throw reason;
    });
    assert.equal(await failing.catch((error: unknown) => error), reason);
    same(await everythingOf(stores, account), nothing);
  },

  'a statement that fails rolls back the whole transaction': async (stores) => {
    const account = newId();
    const nothing = await everythingOf(stores, account);
    const twice = aFactor(account);
    const failing = stores.transaction(async (unit) => {
      await fill(unit, account);
      await unit.factors.insert(twice);
      await unit.factors.insert(twice);
    });
    await assert.rejects(failing);
    same(await everythingOf(stores, account), nothing);
  },

  'a transaction inside a transaction is the same transaction': async (stores) => {
    const account = newId();
    const failing = stores.transaction(async (unit) => {
      await unit.transaction((inner) => fill(inner, account));
      throw new Error('undone');
    });
    await assert.rejects(failing);
    assert.equal((await stores.factors.load(account)).factors.length, 0);
  },

  'a charge beside a transaction survives its rollback': async (stores) => {
    const account = newId();
    await simultaneously(async () => {
      assert(await stores.attempts.consume(account, countOnly, now));
      const failing = stores.transaction(async (unit) => {
        await unit.tokens.insert(aToken(account, { purpose: 'draft', key: account }));
        throw new Error('undone');
      });
      await assert.rejects(failing, /undone/);
    });
    const [count] = await stores.attempts.read([account]);
    assert.equal(count?.misses, 50);
    assert.equal(
      await stores.tokens.newest({ purpose: 'draft', accountId: account, key: account }, now),
      null,
    );
  },

  'of 50 transactions that consume one token exactly one succeeds and records its event': async (stores) => {
    const account = newId();
    const token = aToken(account, { purpose: 'draft', key: account });
    await stores.tokens.insert(token);
    const won = await simultaneously(async () => {
      assert(await stores.attempts.consume(account, countOnly, now));
      return stores
        .transaction((unit) => takeOnce(unit, token))
        .then(
          () => true,
          () => false,
        );
    });
    assert.equal(yes(won), 1);
    const due = await stores.events.findDue(now, 10, 10_000);
    assert.equal(due.filter(({ event }) => event.accountId === account).length, 1);
  },

  '50 transactions that change one set wait for each other: one wins and its factor is the only one': async (
    stores,
  ) => {
    const account = newId();
    const won = await simultaneously(() =>
      stores.transaction(async (unit) => {
        const isFirst = await unit.factors.bumpVersion(account, never, 1);
        if (isFirst) await unit.factors.insert(aFactor(account));
        return isFirst;
      }),
    );
    assert.equal(yes(won), 1);
    const { set, factors } = await stores.factors.load(account);
    same([set, factors.length], [{ primaryCount: 1, version: 1 }, 1]);
  },
};
