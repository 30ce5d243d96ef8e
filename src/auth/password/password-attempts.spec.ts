import { jest } from '@jest/globals';
import { PasswordAttempts } from './password-attempts.js';

const fail = () => Promise.resolve(null);
const pass = () => Promise.resolve('ann');
const minutes = (count: number) => jest.advanceTimersByTimeAsync(count * 60_000);

describe('attempts at a password', () => {
  let attempts: PasswordAttempts;
  beforeEach(() => {
    jest.useFakeTimers();
    attempts = new PasswordAttempts();
  });
  afterEach(() => jest.useRealTimers());

  const ann = (look: () => Promise<string | null>, address = '192.0.2.1') =>
    attempts.check('ann@example.com', address, look);
  const failing = async (times: number) => {
    for (let time = 0; time < times; time++) await ann(fail);
  };
  const refused = { code: 'TOO_MANY_ATTEMPTS' };

  it('are let through again after the wait', async () => {
    await failing(5);
    await expect(ann(pass)).rejects.toMatchObject({ ...refused, extra: { retryAfter: 300 } });
    await minutes(5);
    expect(await ann(pass)).toBe('ann');
  });

  it('wait longer with every further run of failures', async () => {
    for (const wait of [5, 10, 20, 40, 60, 60]) {
      await failing(5);
      await expect(ann(pass)).rejects.toMatchObject({ ...refused, extra: { retryAfter: wait * 60 } });
      await minutes(wait);
    }
  });

  it('are forgotten when they are few and 5 minutes old', async () => {
    await failing(4);
    await minutes(5);
    await failing(4);
    expect(await ann(pass)).toBe('ann');
  });

  it('count nothing when they could not be judged', async () => {
    for (let time = 0; time < 10; time++)
      await expect(ann(() => Promise.reject(new Error('the database is away')))).rejects.toThrow('away');
    expect(await ann(pass)).toBe('ann');
  });

  it('need not be waited for once the password was replaced: from there, for that account', async () => {
    const elsewhere = '192.0.2.2';
    const bob = () => attempts.check('bob@example.com', '192.0.2.1', pass);
    for (let time = 0; time < 5; time++) {
      await ann(fail);
      await ann(fail, elsewhere);
      await attempts.check('bob@example.com', '192.0.2.1', fail);
    }
    await attempts.endWait(' Ann@Example.com', '192.0.2.1');
    expect(await ann(pass)).toBe('ann');
    await expect(ann(pass, elsewhere)).rejects.toMatchObject(refused);
    await expect(bob()).rejects.toMatchObject(refused);
  });

  it('are not forgotten with the wait: the next one is longer', async () => {
    await failing(5);
    await attempts.endWait('ann@example.com', '192.0.2.1');
    await failing(5);
    await expect(ann(pass)).rejects.toMatchObject({ ...refused, extra: { retryAfter: 600 } });
  });

  it('of an address stay counted when a wait of one account ends', async () => {
    for (let run = 0; run < 6; run++) {
      await failing(5);
      await attempts.endWait('ann@example.com', '192.0.2.1');
    }
    await expect(ann(pass)).rejects.toMatchObject(refused);
  });

  it('from one IPv6 network are one', async () => {
    for (let host = 1; host <= 5; host++) await ann(fail, `2001:db8:0:1::${host}`);
    await expect(ann(pass, '2001:db8:0:1:ffff::1')).rejects.toMatchObject(refused);
    expect(await ann(pass, '2001:db8:0:2::1')).toBe('ann');
  });
});
