import type { RateLimiterMemory } from 'rate-limiter-flexible';
import type { LimitName } from '../../limits.js';
import { LimitReached } from '../../portal/problems/limit-reached.js';

/**
 * Counts one more request for a mailed link under this key.
 * @throws PortalProblem TOO_MANY_ATTEMPTS
 */
export async function consumeLimit(
  limiter: RateLimiterMemory,
  key: string,
  limit: LimitName,
  accountId?: string,
): Promise<void> {
  const { consumedPoints, msBeforeNext } = await limiter.penalty(key);
  if (consumedPoints <= limiter.points) return;
  const message = 'Too many links were asked for. Please use the newest one, or wait.';
  throw new LimitReached(limit, message, { ms: msBeforeNext, ...(accountId !== undefined && { accountId }) });
}
