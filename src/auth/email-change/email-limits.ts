import { Injectable } from '@nestjs/common';
import { RequestLimits } from '../rate-limits/request-limits.js';

/** Limits requests for a new address: for an account, and for an address, known or unknown. */
@Injectable()
export class EmailLimits {
  constructor(private readonly limits: RequestLimits) {}

  /**
   * `email` must be in its normal form.
   * @throws PortalProblem TOO_MANY_ATTEMPTS
   */
  async consume(accountId: string, email: string): Promise<void> {
    await this.limits.consume('email-change-account', accountId, accountId);
    await this.limits.consume('email-change-email', email, accountId);
  }
}
