import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { PortalProblem } from '../../portal/problems/problem.js';

/**
 * Counts one more request for a mailed link under this key.
 * @throws PortalProblem TOO_MANY_ATTEMPTS
 */
export async function consumeLimit(limiter: RateLimiterMemory, key: string): Promise<void> {
  const { consumedPoints, msBeforeNext } = await limiter.penalty(key);
  if (consumedPoints <= limiter.points) return;
  const message = 'Too many links were asked for. Please use the newest one, or wait.';
  throw new PortalProblem('TOO_MANY_ATTEMPTS', message, { retryAfter: Math.ceil(msBeforeNext / 1000) });
}
