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
    attempts.judged('ann@example.com', address, look);
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

  it('from one IPv6 network are one', async () => {
    for (let host = 1; host <= 5; host++) await ann(fail, `2001:db8:0:1::${host}`);
    await expect(ann(pass, '2001:db8:0:1:ffff::1')).rejects.toMatchObject(refused);
    expect(await ann(pass, '2001:db8:0:2::1')).toBe('ann');
  });
});
