import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { spend } from '../common/spend.js';

/** Requests within an hour are counted together: no mailbox, old or new, is filled by them. */
const perHour = { points: 5, duration: 60 * 60 };

/** Bounds requests for a new address: 5 an hour for an account, and 5 for an address, whether anybody has it or not. Per process. */
@Injectable()
export class EmailLimits {
  private readonly accounts = new RateLimiterMemory(perHour);
  private readonly addresses = new RateLimiterMemory(perHour);

  /** `email` in its normal form. @throws PortalProblem TOO_MANY_ATTEMPTS */
  async enter(accountId: string, email: string): Promise<void> {
    await spend(this.accounts, accountId);
    await spend(this.addresses, email);
  }
}
