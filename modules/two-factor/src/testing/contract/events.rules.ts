import assert from 'node:assert/strict';
import type { RecordedEvent } from '../../core/contracts/stores/event.store.js';
import type { Stores } from '../../core/contracts/stores/stores.js';
import { same, simultaneously, yes, type ContractRules } from './rules.js';
import { anEvent, newId, now, oddIds } from './samples.js';

const parkedAt = 10;

/** The due events of one account; the table is shared with other tests. */
async function due(stores: Stores, accountId: string, at: number): Promise<RecordedEvent[]> {
  const all = await stores.events.findDue(at, parkedAt, 10_000);
  return all.filter(({ event }) => event.accountId === accountId);
}

/** Requirements of every `EventStore`. */
export const eventRules: ContractRules = {
  'events are returned as they were recorded, oldest first, when their claim has ended': async (stores) => {
    const account = newId();
    const [young, old] = [anEvent(account, { at: now + 1 }), anEvent(account)];
    const nobodys = anEvent(account, { accountId: null, userAgent: 'NUL \0 and "quotes"' });
    await stores.events.record([young, old, nobodys], now + 100);
    same(await due(stores, account, now + 99), []);
    same(await due(stores, account, now + 100), [old, young]);
    const all = await stores.events.findDue(now + 100, parkedAt, 10_000);
    const [found] = all.filter(({ event }) => event.id === nobodys.event.id);
    same(found, nobodys);
  },

  'no more due events are returned than requested': async (stores) => {
    const account = newId();
    await stores.events.record([anEvent(account), anEvent(account)], now);
    assert.equal((await stores.events.findDue(now, parkedAt, 1)).length, 1);
  },

  'recording an empty list does not fail': async ({ events }) => {
    await events.record([], now);
  },

  'an id that was recorded before is ignored, in a transaction too, and new ids beside it are stored': async (
    stores,
  ) => {
    const account = newId();
    const [known, fresh] = [anEvent(account), anEvent(account, { at: now + 1 })];
    await stores.events.record([known], now);
    const again = { ...known, event: { ...known.event, ip: 'changed' } };
    await stores.transaction((unit) => unit.events.record([again, fresh], now + 9));
    same(
      (await due(stores, account, now + 9)).map(({ event }) => event),
      [known.event, fresh.event],
    );
  },

  'of 50 who claim an event exactly one gets it, until the claim ends': async (stores) => {
    const account = newId();
    const recorded = anEvent(account);
    const { id } = recorded.event;
    await stores.events.record([recorded], now);
    const claimed = await simultaneously(() => stores.events.claim(id, now, now + 50));
    assert.equal(yes(claimed), 1);
    same(await due(stores, account, now + 49), []);
    assert(!(await stores.events.claim(id, now + 49, now + 99)));
    assert(await stores.events.claim(id, now + 50, now + 99));
  },

  'a failed event is due again later, until it failed too often': async (stores) => {
    const account = newId();
    const recorded = anEvent(account);
    await stores.events.record([recorded], now);
    for (let tries = 1; tries < parkedAt; tries += 1) {
      await stores.events.markFailed(recorded.event.id, now + tries);
      same(await due(stores, account, now + tries - 1), []);
      same(await due(stores, account, now + tries), [{ ...recorded, tries }]);
    }
    await stores.events.markFailed(recorded.event.id, now);
    same(await due(stores, account, now * 2), []);
  },

  'a delivered event is deleted, and a second deletion does not fail': async (stores) => {
    const account = newId();
    const recorded = anEvent(account);
    await stores.events.record([recorded], now);
    await stores.events.markDelivered([recorded.event.id]);
    await stores.events.markDelivered([recorded.event.id]);
    await stores.events.markFailed(recorded.event.id, now);
    same(await due(stores, account, now), []);
    assert(!(await stores.events.claim(recorded.event.id, now, now + 1)));
  },

  'invalid ids match no event': async (stores) => {
    const account = newId();
    const recorded = anEvent(account);
    await stores.events.record([recorded], now);
    for (const odd of oddIds(recorded.event.id)) {
      assert(!(await stores.events.claim(odd, now, now + 9)));
      await stores.events.markDelivered([odd]);
      await stores.events.markFailed(odd, now + 9);
    }
    same(await due(stores, account, now), [recorded]);
  },
};
