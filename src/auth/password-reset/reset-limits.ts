import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { normalEmail } from '../../accounts/account.js';
import { addressBlock } from '../common/client.js';
import { spend } from '../common/spend.js';

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
