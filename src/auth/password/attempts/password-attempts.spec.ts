import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { forEachDatabase } from '../../../../test/support/databases/databases.js';
import { type Scratch, scratchDatabase } from '../../../../test/support/databases/scratch-database.js';
import { FixedClock } from '../../../../test/support/portal/fixed-clock.js';
import { RateLimitStore } from '../../rate-limits/rate-limit.store.js';
import { PasswordAttempts } from './password-attempts.js';
import { PasswordWaits } from './password-waits.js';

const fail = () => Promise.resolve(null);
const pass = () => Promise.resolve('ann');
const refused = { code: 'TOO_MANY_ATTEMPTS' };

forEachDatabase('attempts at a password on', (kind) => {
  let scratch: Scratch;
  let clock: FixedClock;
  let waits: PasswordWaits;
  let attempts: PasswordAttempts;
  let email: string;
  let address: string;
  let serial = 0;
  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
  });
  afterAll(() => scratch.close());
  beforeEach(() => {
    clock = new FixedClock();
    waits = new PasswordWaits(scratch.database, clock);
    attempts = node();
    email = `ann-${randomUUID()}@example.com`;
    serial += 1;
    address = `192.0.2.${serial}`;
  });

  /** Another process on the same database, or the same one after a restart: it remembers nothing. */
  const node = () => new PasswordAttempts(new RateLimitStore(scratch.database, clock), waits, clock);
  const ann = (look: () => Promise<string | null>, from = address) => attempts.check(email, from, look);
  const failing = async (times: number) => {
    for (let time = 0; time < times; time++) await ann(fail);
  };

  it('are let through again after the wait', async () => {
    await failing(5);
    await expect(ann(pass)).rejects.toMatchObject({ ...refused, extra: { retryAfter: 300 } });
    clock.passesMinutes(5);
    expect(await ann(pass)).toBe('ann');
  });

  it('wait longer with every further run of failures', async () => {
    for (const wait of [5, 10, 20, 40, 60, 60]) {
      await failing(5);
      await expect(ann(pass)).rejects.toMatchObject({ ...refused, extra: { retryAfter: wait * 60 } });
      clock.passesMinutes(wait);
    }
  });

  it('wait five minutes again a day after the first run', async () => {
    await failing(5);
    clock.passesMinutes(24 * 60);
    await failing(5);
    await expect(ann(pass)).rejects.toMatchObject({ ...refused, extra: { retryAfter: 300 } });
  });

  it('are forgotten when they are few and 5 minutes old', async () => {
    await failing(4);
    clock.passesMinutes(5);
    await failing(4);
    expect(await ann(pass)).toBe('ann');
  });

  it('count nothing when they could not be judged', async () => {
    for (let time = 0; time < 10; time++)
      await expect(ann(() => Promise.reject(new Error('the database is away')))).rejects.toThrow('away');
    expect(await ann(pass)).toBe('ann');
  });

  it('need not be waited for once the password was replaced: from there, for that account', async () => {
    const elsewhere = `198.51.100.${serial}`;
    const other = `bob-${email}`;
    for (let time = 0; time < 5; time++) {
      await ann(fail);
      await ann(fail, elsewhere);
      await attempts.check(other, address, fail);
    }
    await attempts.endWait(` ${email.toUpperCase()}`, address);
    expect(await ann(pass)).toBe('ann');
    await expect(ann(pass, elsewhere)).rejects.toMatchObject(refused);
    await expect(attempts.check(other, address, pass)).rejects.toMatchObject(refused);
  });

  it('are not forgotten with the wait: the next one is longer', async () => {
    await failing(5);
    await attempts.endWait(email, address);
    await failing(5);
    await expect(ann(pass)).rejects.toMatchObject({ ...refused, extra: { retryAfter: 600 } });
  });

  it('of an address stay counted when a wait of one account ends', async () => {
    for (let run = 0; run < 6; run++) {
      await failing(5);
      await attempts.endWait(email, address);
    }
    await expect(ann(pass)).rejects.toMatchObject({ ...refused, limit: 'password-address' });
  });

  it('from one IPv6 network are one', async () => {
    const prefix = `2001:db8:0:${serial}`;
    for (let host = 1; host <= 5; host++) await ann(fail, `${prefix}::${host}`);
    await expect(ann(pass, `${prefix}:ffff::1`)).rejects.toMatchObject(refused);
    expect(await ann(pass, `2001:db8:1:${serial}::1`)).toBe('ann');
  });

  it('wait on another node and after a restart, for a right password too', async () => {
    await failing(5);
    attempts = node();
    const look = jest.fn(pass);
    await expect(ann(look)).rejects.toMatchObject({ ...refused, extra: { retryAfter: 300 } });
    expect(look).toHaveBeenCalledTimes(1);
    await expect(ann(look)).rejects.toMatchObject(refused);
    expect(look).toHaveBeenCalledTimes(1);
  });

  it('are forgotten on every node when an operator ends the waits, and the next wait is short', async () => {
    await failing(5);
    const other = node();
    await expect(other.check(email, address, pass)).rejects.toMatchObject(refused);
    expect(await waits.of(email)).toEqual([{ network: address, failed: 5, until: clock.now() + 5 * 60_000 }]);
    expect(await waits.endAll(` ${email.toUpperCase()}`)).toBe(true);
    expect(await waits.endAll(email)).toBe(false);
    expect(await waits.of(email)).toEqual([]);
    expect(await other.check(email, address, pass)).toBe('ann');
    await failing(5);
    await expect(ann(pass)).rejects.toMatchObject({ ...refused, extra: { retryAfter: 300 } });
  });
});
