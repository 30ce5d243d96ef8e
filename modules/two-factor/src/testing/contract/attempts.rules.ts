import assert from 'node:assert/strict';
import type { AttemptCount, WaitRule } from '../../core/contracts/stores/attempt.store.js';
import type { Stores } from '../../core/contracts/stores/stores.js';
import { same, simultaneously, yes, type ContractRules } from './rules.js';
import { newId, noIds, now, oddIds } from './samples.js';

const minute = 60_000;
const rule: WaitRule = { every: 5, waits: [minute, 5 * minute, 15 * minute], hardStop: 100 };
const untilStopped: WaitRule = { every: 1_000, waits: [minute], hardStop: 7 };

async function count(stores: Stores, subject: string): Promise<AttemptCount | undefined> {
  const [found] = await stores.attempts.read([subject]);
  return found;
}

/** Consumes `times` attempts in a row, all of which must be allowed. */
async function charged(stores: Stores, subject: string, times: number, at = now): Promise<void> {
  for (let i = 0; i < times; i += 1) assert(await stores.attempts.consume(subject, rule, at));
}

/** Requirements of every `AttemptStore` for consecutive failures. */
export const attemptRules: ContractRules = {
  'every fifth failure starts a wait, each longer than the one before, and the last one repeats': async (
    stores,
  ) => {
    const subject = newId();
    let at = now;
    for (const [i, wait] of [minute, 5 * minute, 15 * minute, 15 * minute].entries()) {
      await charged(stores, subject, 5, at);
      same(await count(stores, subject), {
        subject,
        misses: 5 * (i + 1),
        waitsUntil: at + wait,
        windowEnds: 0,
      });
      assert(!(await stores.attempts.consume(subject, rule, at + wait - 1)));
      at += wait;
    }
    assert.equal((await count(stores, subject))?.misses, 20);
  },

  'a charge for the first failures only is refused after them, and is not counted': async (stores) => {
    const subject = newId();
    for (let i = 0; i < 3; i += 1) assert(await stores.attempts.consume(subject, rule, now, 3));
    assert(!(await stores.attempts.consume(subject, rule, now, 3)));
    assert.equal((await count(stores, subject))?.misses, 3);
    assert(await stores.attempts.consume(subject, rule, now));
  },

  'of 50 simultaneous attempts as many are counted as the limit allows': async (stores) => {
    const subject = newId();
    for (const times of [1, 2]) {
      const at = now + times * 10 * minute;
      assert.equal(yes(await simultaneously(() => stores.attempts.consume(subject, rule, at))), 5);
      assert.equal((await count(stores, subject))?.misses, 5 * times);
    }
  },

  'the hard stop allows no attempt, at any later time': async (stores) => {
    const subject = newId();
    const charge = (): Promise<boolean> => stores.attempts.consume(subject, untilStopped, now);
    assert.equal(yes(await simultaneously(charge)), 7);
    assert(!(await stores.attempts.consume(subject, untilStopped, now * 2)));
    assert.equal((await count(stores, subject))?.misses, 7);
  },

  'a rule without waits only counts': async (stores) => {
    const subject = newId();
    const countOnly = { every: 5, waits: [], hardStop: 100 };
    const charge = (): Promise<boolean> => stores.attempts.consume(subject, countOnly, now);
    assert.equal(yes(await simultaneously(charge)), 50);
    assert.equal((await count(stores, subject))?.waitsUntil, 0);
  },

  'a refunded charge is undone, with the wait that it started': async (stores) => {
    const subject = newId();
    await charged(stores, subject, 5);
    await stores.attempts.refund(subject, rule);
    same(await count(stores, subject), { subject, misses: 4, waitsUntil: 0, windowEnds: 0 });
    await charged(stores, subject, 1);
    assert(!(await stores.attempts.consume(subject, rule, now)));
  },

  'a refund of a charge that started no wait ends no wait': async (stores) => {
    const subject = newId();
    await charged(stores, subject, 5);
    await charged(stores, subject, 2, now + minute);
    await stores.attempts.refund(subject, rule);
    same(await count(stores, subject), {
      subject,
      misses: 6,
      waitsUntil: now + minute,
      windowEnds: 0,
    });
  },

  'a refund never goes below 0, or without a charge': async (stores) => {
    const subject = newId();
    await stores.attempts.refund(subject, rule);
    assert.equal((await count(stores, subject))?.misses ?? 0, 0);
    await charged(stores, subject, 1);
    await simultaneously(() => stores.attempts.refund(subject, rule));
    assert.equal((await count(stores, subject))?.misses, 0);
    await charged(stores, subject, 5);
    assert(!(await stores.attempts.consume(subject, rule, now)));
  },

  'clearing resets count and wait; ending the wait keeps the count': async (stores) => {
    const subject = newId();
    for (const end of [
      (it: string) => stores.attempts.clear(it),
      (it: string) => stores.attempts.endWait(it),
    ]) {
      await end(subject);
      await charged(stores, subject, 5);
      await end(subject);
    }
    same(await count(stores, subject), { subject, misses: 5, waitsUntil: 0, windowEnds: 0 });
    await charged(stores, subject, 5);
    await stores.attempts.clear(subject);
    same(await count(stores, subject), { subject, misses: 0, waitsUntil: 0, windowEnds: 0 });
  },

  'reading returns only the requested keys that exist': async (stores) => {
    const [one, two, other] = [newId(), newId(), newId()];
    for (const subject of [one, two, other]) await charged(stores, subject, 1);
    const read = await stores.attempts.read([one, newId(), two]);
    same(read.map(({ subject }) => subject).sort(), [one, two].sort());
    same(await stores.attempts.read([]), []);
    same(await stores.attempts.read(oddIds(one)), []);
  },

  'an invalid key is never allowed': async ({ attempts }) => {
    for (const none of noIds(newId())) {
      assert(!(await attempts.consume(none, rule, now)));
      assert(!(await attempts.consumeWindow(none, 5, minute, now)));
    }
  },

  'invalid keys never charge, clear or refund another key': async (stores) => {
    const subject = newId();
    await charged(stores, subject, 5);
    const before = await count(stores, subject);
    for (const odd of oddIds(subject)) {
      await stores.attempts.consume(odd, rule, now + minute).catch(() => false);
      await stores.attempts.consumeWindow(odd, 5, minute, now).catch(() => false);
      await stores.attempts.refund(odd, rule);
      await stores.attempts.clear(odd);
      await stores.attempts.endWait(odd);
    }
    same(await count(stores, subject), before);
  },
};

/** Requirements of every `AttemptStore` for failures within a window. */
export const windowRules: ContractRules = {
  'of 50 simultaneous charges of a window as many pass as its limit, and again in the next': async (
    stores,
  ) => {
    const subject = newId();
    for (const at of [now, now + minute]) {
      const charge = (): Promise<boolean> => stores.attempts.consumeWindow(subject, 3, minute, at);
      assert.equal(yes(await simultaneously(charge)), 3);
      assert(!(await stores.attempts.consumeWindow(subject, 3, minute, at + minute - 1)));
      same(await count(stores, subject), {
        subject,
        misses: 3,
        waitsUntil: 0,
        windowEnds: at + minute,
      });
    }
  },

  'a window with limit 0 allows no attempt': async ({ attempts }) => {
    assert(!(await attempts.consumeWindow(newId(), 0, minute, now)));
  },

  'sweeping deletes windows that have ended, and never a consecutive count': async (stores) => {
    // Long before the time of all other tests, which share the table.
    const then = Date.UTC(2001, 0, 1);
    const [ended, open, consecutive] = [newId(), newId(), newId()];
    await stores.attempts.consumeWindow(ended, 3, minute, then - minute - 1);
    await stores.attempts.consumeWindow(open, 3, minute, then - minute);
    await charged(stores, consecutive, 5, then - 10 * minute);
    await stores.attempts.sweep(then);
    const left = await stores.attempts.read([ended, open, consecutive]);
    same(left.map(({ subject }) => subject).sort(), [open, consecutive].sort());
  },
};
