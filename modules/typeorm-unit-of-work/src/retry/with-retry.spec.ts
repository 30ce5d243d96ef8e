import { QueryFailedError } from 'typeorm';
import { isTransient } from './transient-error.js';
import { withRetry } from './with-retry.js';

const failure = (code: string): Error =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error(code), { code }));

describe('a retry', () => {
  it.each([
    '40001',
    '40P01',
    '55P03',
    'ER_LOCK_DEADLOCK',
    'ER_LOCK_WAIT_TIMEOUT',
    'SQLITE_BUSY',
    'SQLITE_BUSY_SNAPSHOT',
  ])('follows %s, three times and no more', async (code) => {
    let attempts = 0;
    const work = (): Promise<never> => {
      attempts += 1;
      return Promise.reject(failure(code));
    };
    await expect(withRetry(work)).rejects.toThrow(code);
    expect(attempts).toBe(4);
  });

  it('ends with the first success', async () => {
    let attempts = 0;
    const answer = await withRetry(() => {
      attempts += 1;
      return attempts < 3 ? Promise.reject(failure('40P01')) : Promise.resolve(attempts);
    });
    expect(answer).toBe(3);
  });

  it.each([failure('23505'), new Error('SQLITE_BUSY'), null, 'text'])(
    'never follows %s',
    async (error: unknown) => {
      let attempts = 0;
      const work = async (): Promise<never> => {
        attempts += 1;
        throw error;
      };
      await withRetry(work).catch(() => undefined);
      expect([attempts, isTransient(error)]).toEqual([1, false]);
    },
  );
});
