import { setTimeout as pause } from 'node:timers/promises';
import { isTransient } from './transient-error.js';

/** How many times work is repeated after a transient error, and the first pause before that, in milliseconds. */
const retries = 3;
const firstPause = 10;

/** No retry begins later than this after the first attempt, in milliseconds: people wait, and each attempt may wait for a lock. */
const retryWindow = 1_500;

/**
 * Repeats `work` after a transient error: up to 3 times, within 1.5 s of the first attempt. The pauses grow and are of random
 * length, so that two rivals do not meet again.
 *
 * @throws the last error when all attempts failed; any other error at once.
 */
export async function withRetry<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + retryWindow;
  for (let left = retries, wait = firstPause; ; left -= 1, wait *= 2) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !isTransient(error) || performance.now() > until) throw error;
    }
    await pause(wait * (0.5 + Math.random()));
  }
}
