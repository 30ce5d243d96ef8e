import { FixedClock } from '../../testing/fixed-clock.js';
import { MemoryStores } from '../../testing/memory.stores.js';
import { twoFactorLimits } from './limits.js';
import { accountKey } from './rate-limits.js';
import { SendQuota } from './send-quota.js';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

describe('mails with a code', () => {
  let clock: FixedClock;
  let stores: MemoryStores;
  let limits: SendQuota;
  beforeEach(() => {
    clock = new FixedClock(Date.UTC(2030, 0, 1));
    stores = new MemoryStores();
    limits = new SendQuota(stores, clock);
  });

  /**
   * Requests as many messages as possible within `length`, each as early as possible, and returns when they were sent.
   */
  async function sentWithin(length: number): Promise<number[]> {
    const [begun, sent] = [clock.now(), [] as number[]];
    for (;;) {
      const next = (await limits.nextAt({ accountId: 'ann' })) ?? clock.now();
      if (next >= begun + length) return sent;
      clock.advance(next - clock.now());
      expect((await limits.consume({ accountId: 'ann' })).allowed).toBe(true);
      sent.push(clock.now() - begun);
    }
  }

  it('are a minute apart', async () => {
    expect((await limits.consume({ accountId: 'ann' })).allowed).toBe(true);
    const until = clock.now() + minute;
    expect(await limits.consume({ accountId: 'ann' })).toEqual({ allowed: false, until });
    expect(await limits.nextAt({ accountId: 'ann' })).toBe(until);
    clock.advance(minute - 1);
    expect((await limits.consume({ accountId: 'ann' })).allowed).toBe(false);
    clock.advance(1);
    expect(await limits.nextAt({ accountId: 'ann' })).toBeNull();
    expect((await limits.consume({ accountId: 'ann' })).allowed).toBe(true);
  });

  it('are five in an hour, and not ten around the end of an hour', async () => {
    expect(await sentWithin(hour)).toEqual([0, 1, 2, 3, 4].map((n) => n * minute));
    // The hour that begins with the fifth has four more, because slots become free one by one.
    expect(await sentWithin(hour)).toEqual([56, 57, 58, 59].map((n) => n * minute));
  });

  it('are ten in a day', async () => {
    expect(await sentWithin(day)).toHaveLength(10);
    expect(await limits.nextAt({ accountId: 'ann' })).toBe(Date.UTC(2030, 0, 2));
  });

  it('requested fifty times at once are sent once', async () => {
    const asked = await Promise.all(Array.from({ length: 50 }, () => limits.consume({ accountId: 'ann' })));
    expect(asked.filter(({ allowed }) => allowed)).toHaveLength(1);
  });

  it('of one account do not count for another', async () => {
    await limits.consume({ accountId: 'ann' });
    expect((await limits.consume({ accountId: 'bob' })).allowed).toBe(true);
  });

  it('that could not be sent cost a minute, and nothing of the hour and the day', async () => {
    for (let n = 0; n < 20; n += 1) {
      const quota = await limits.consume({ accountId: 'ann' });
      if (!quota.allowed) throw new Error(`No mail at try ${n}.`);
      await limits.refund(quota.places);
      expect((await limits.consume({ accountId: 'ann' })).allowed).toBe(false);
      clock.advance(minute);
    }
  });

  it('are not sent while their codes could not be used, and consume no slot then', async () => {
    const miss = () => stores.attempts.consume(accountKey('ann'), twoFactorLimits.account, clock.now());
    for (let n = 0; n < 5; n += 1) await miss();
    const wait = { allowed: false, shut: true, until: clock.now() + minute };
    expect(await limits.consume({ accountId: 'ann' })).toEqual(wait);
    clock.advance(minute);
    expect(await limits.nextAt({ accountId: 'ann' })).toBeNull();
    for (let n = 5; n < 100; n += 1) {
      while (!(await miss())) clock.advance(minute);
    }
    clock.advance(day);
    expect(await limits.consume({ accountId: 'ann' })).toEqual({ allowed: false, shut: true, until: null });
  });
});
