import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { limits } from '../../limits.js';
import { normalEmail } from '../../accounts/account.js';
import { addressBlock } from '../common/client.js';
import { consumeLimit } from '../common/consume-limit.js';

/**
 * Limits requests for links: for an e-mail address, known or unknown, and for a client address. The count is per process.
 */
@Injectable()
export class ResetLimits {
  private readonly emails = new RateLimiterMemory(limits['reset-link-email']);
  private readonly addresses = new RateLimiterMemory(limits['reset-link-address']);

  /** @throws PortalProblem TOO_MANY_ATTEMPTS */
  async consume(email: string, address: string): Promise<void> {
    await consumeLimit(this.addresses, addressBlock(address), 'reset-link-address');
    await consumeLimit(this.emails, normalEmail(email), 'reset-link-email');
  }
}
