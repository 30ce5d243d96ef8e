import { FixedClock } from '../../testing/fixed-clock.js';
import { MemoryStores } from '../../testing/memory.stores.js';
import { accountRule, accountSubject } from './attempts.js';
import { SendingLimits } from './sending-limits.js';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

describe('mails with a code', () => {
  let clock: FixedClock;
  let stores: MemoryStores;
  let limits: SendingLimits;
  beforeEach(() => {
    clock = new FixedClock(Date.UTC(2030, 0, 1));
    stores = new MemoryStores();
    limits = new SendingLimits(stores, clock);
  });

  /** Asks for as many as there are to be had within `length`, each as soon as it may; answers when they were sent. */
  async function sentWithin(length: number): Promise<number[]> {
    const [begun, sent] = [clock.now(), [] as number[]];
    for (;;) {
      const next = (await limits.nextAt({ accountId: 'ann' })) ?? clock.now();
      if (next >= begun + length) return sent;
      clock.advance(next - clock.now());
      expect((await limits.charge({ accountId: 'ann' })).paid).toBe(true);
      sent.push(clock.now() - begun);
    }
  }

  it('are a minute apart', async () => {
    expect((await limits.charge({ accountId: 'ann' })).paid).toBe(true);
    const until = clock.now() + minute;
    expect(await limits.charge({ accountId: 'ann' })).toEqual({ paid: false, until });
    expect(await limits.nextAt({ accountId: 'ann' })).toBe(until);
    clock.advance(minute - 1);
    expect((await limits.charge({ accountId: 'ann' })).paid).toBe(false);
    clock.advance(1);
    expect(await limits.nextAt({ accountId: 'ann' })).toBeNull();
    expect((await limits.charge({ accountId: 'ann' })).paid).toBe(true);
  });

  it('are five in an hour, and not ten around the turn of one', async () => {
    expect(await sentWithin(hour)).toEqual([0, 1, 2, 3, 4].map((n) => n * minute));
    // The hour that begins with the fifth has four more: places come free one by one.
    expect(await sentWithin(hour)).toEqual([56, 57, 58, 59].map((n) => n * minute));
  });

  it('are ten in a day', async () => {
    expect(await sentWithin(day)).toHaveLength(10);
    expect(await limits.nextAt({ accountId: 'ann' })).toBe(Date.UTC(2030, 0, 2));
  });

  it('asked for fifty times at once go out once', async () => {
    const asked = await Promise.all(Array.from({ length: 50 }, () => limits.charge({ accountId: 'ann' })));
    expect(asked.filter(({ paid }) => paid)).toHaveLength(1);
  });

  it('of one account leave those of another alone', async () => {
    await limits.charge({ accountId: 'ann' });
    expect((await limits.charge({ accountId: 'bob' })).paid).toBe(true);
  });

  it('that could not be sent cost a minute, and nothing of the hour and the day', async () => {
    for (let n = 0; n < 20; n += 1) {
      const postage = await limits.charge({ accountId: 'ann' });
      if (!postage.paid) throw new Error(`No mail at try ${n}.`);
      await limits.giveBack(postage.places);
      expect((await limits.charge({ accountId: 'ann' })).paid).toBe(false);
      clock.advance(minute);
    }
  });

  it('are not sent while nothing could be answered with them, and take no place then', async () => {
    const miss = () => stores.attempts.charge(accountSubject('ann'), accountRule, clock.now());
    for (let n = 0; n < 5; n += 1) await miss();
    const wait = { paid: false, shut: true, until: clock.now() + minute };
    expect(await limits.charge({ accountId: 'ann' })).toEqual(wait);
    clock.advance(minute);
    expect(await limits.nextAt({ accountId: 'ann' })).toBeNull();
    for (let n = 5; n < 100; n += 1) {
      while (!(await miss())) clock.advance(minute);
    }
    clock.advance(day);
    expect(await limits.charge({ accountId: 'ann' })).toEqual({ paid: false, shut: true, until: null });
  });
});
