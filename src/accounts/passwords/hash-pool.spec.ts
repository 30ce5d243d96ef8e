import { jest } from '@jest/globals';
import { HashPool, HashPoolFull } from './hash-pool.js';

const limits = { workers: 2, queue: 3, waitMs: 10_000 };

/** A hash that runs until the test ends it. */
function slowHash() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const hash = jest.fn(() => ended);
  return { hash, end };
}

describe('the hash pool', () => {
  it('never computes more hashes at once than there are workers, and loses none', async () => {
    const pool = new HashPool({ ...limits, queue: 20 });
    let running = 0;
    let most = 0;
    const hash = async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
    };
    await Promise.all(Array.from({ length: 20 }, () => pool.run(hash)));
    expect(most).toBe(2);
    expect(running).toBe(0);
  });

  it('refuses further callers at once when the queue is full', async () => {
    const pool = new HashPool(limits);
    const slow = slowHash();
    const taken = Array.from({ length: 5 }, () => pool.run(slow.hash));
    await expect(pool.run(slow.hash)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      status: 503,
      extra: { retryAfter: 10 },
    });
    slow.end();
    await Promise.all(taken);
    expect(slow.hash).toHaveBeenCalledTimes(5);
  });

  it('serves the longest waiting first', async () => {
    const pool = new HashPool({ ...limits, workers: 1 });
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((one) => pool.run(async () => order.push(one))));
    expect(order).toEqual([1, 2, 3]);
  });

  it('lets no caller wait forever', async () => {
    jest.useFakeTimers();
    const pool = new HashPool(limits);
    const slow = slowHash();
    const taken = [pool.run(slow.hash), pool.run(slow.hash)];
    const waiting = pool.run(slow.hash);
    const refused = expect(waiting).rejects.toBeInstanceOf(HashPoolFull);
    await jest.advanceTimersByTimeAsync(10_000);
    await refused;
    slow.end();
    await Promise.all(taken);
    expect(slow.hash).toHaveBeenCalledTimes(2);
    jest.useRealTimers();
  });

  it('gives the place back when hashing fails', async () => {
    const pool = new HashPool({ ...limits, workers: 1 });
    await expect(pool.run(() => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
    await expect(pool.run(() => Promise.resolve('hash'))).resolves.toBe('hash');
  });
});
