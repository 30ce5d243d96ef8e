import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { consumeLimit } from '../common/consume-limit.js';

/** Requests within one hour are counted together. They can fill neither the old nor the new mailbox. */
const perHour = { points: 5, duration: 60 * 60 };

/**
 * Limits requests for a new address: 5 an hour for an account, and 5 for an address, known or unknown. The count is per
 * process.
 */
@Injectable()
export class EmailLimits {
  private readonly accounts = new RateLimiterMemory(perHour);
  private readonly addresses = new RateLimiterMemory(perHour);

  /**
   * `email` must be in its normal form.
   * @throws PortalProblem TOO_MANY_ATTEMPTS
   */
  async consume(accountId: string, email: string): Promise<void> {
    await consumeLimit(this.accounts, accountId);
    await consumeLimit(this.addresses, email);
  }
}
