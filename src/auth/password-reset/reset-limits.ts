import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { normalEmail } from '../../accounts/account.js';
import { addressBlock } from '../common/client.js';
import { consumeLimit } from '../common/consume-limit.js';

/**
 * Requests within this number of seconds are counted together. It is shorter than a link's life, so a refused owner still has a
 * valid link.
 */
const window = 15 * 60;

/**
 * Limits requests for links: 5 in 15 minutes for an e-mail address, known or unknown, and 30 for a client address. The count is
 * per process.
 */
@Injectable()
export class ResetLimits {
  private readonly emails = new RateLimiterMemory({ points: 5, duration: window });
  private readonly addresses = new RateLimiterMemory({ points: 30, duration: window });

  /** @throws PortalProblem TOO_MANY_ATTEMPTS */
  async consume(email: string, address: string): Promise<void> {
    await consumeLimit(this.addresses, addressBlock(address));
    await consumeLimit(this.emails, normalEmail(email));
  }
}
