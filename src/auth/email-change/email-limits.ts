import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { limits } from '../../limits.js';
import { consumeLimit } from '../common/consume-limit.js';

/**
 * Limits requests for a new address: for an account, and for an address, known or unknown. The count is per
 * process.
 */
@Injectable()
export class EmailLimits {
  private readonly accounts = new RateLimiterMemory(limits['email-change-account']);
  private readonly addresses = new RateLimiterMemory(limits['email-change-email']);

  /**
   * `email` must be in its normal form.
   * @throws PortalProblem TOO_MANY_ATTEMPTS
   */
  async consume(accountId: string, email: string): Promise<void> {
    await consumeLimit(this.accounts, accountId, 'email-change-account', accountId);
    await consumeLimit(this.addresses, email, 'email-change-email', accountId);
  }
}
