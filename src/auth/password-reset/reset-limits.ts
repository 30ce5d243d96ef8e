import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { normalEmail } from '../../accounts/account.js';
import { PortalProblem } from '../../portal/problem.js';
import { addressBlock } from '../client.js';

/** Counted together: requests within so many seconds. Shorter than a link's life, so a refused owner has a good one. */
const window = 15 * 60;

/**
 * Bounds requests for links: 5 in 15 minutes for an e-mail address, whether anybody has it or not, and 30 for a client
 * address. Per process.
 */
@Injectable()
export class ResetLimits {
  private readonly emails = new RateLimiterMemory({ points: 5, duration: window });
  private readonly addresses = new RateLimiterMemory({ points: 30, duration: window });

  /** @throws PortalProblem TOO_MANY_ATTEMPTS */
  async enter(email: string, address: string): Promise<void> {
    await spend(this.addresses, addressBlock(address));
    await spend(this.emails, normalEmail(email));
  }
}

async function spend(limiter: RateLimiterMemory, key: string): Promise<void> {
  const { consumedPoints, msBeforeNext } = await limiter.penalty(key);
  if (consumedPoints <= limiter.points) return;
  const message = 'Too many links were asked for. Please use the newest one, or wait.';
  throw new PortalProblem('TOO_MANY_ATTEMPTS', message, { retryAfter: Math.ceil(msBeforeNext / 1000) });
}
