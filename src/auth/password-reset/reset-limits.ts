import { Injectable } from '@nestjs/common';
import { normalEmail } from '../../accounts/account.js';
import { addressBlock } from '../common/client.js';
import { RequestLimits } from '../rate-limits/request-limits.js';

/** Limits requests for links: for an e-mail address, known or unknown, and for a client address. */
@Injectable()
export class ResetLimits {
  constructor(private readonly limits: RequestLimits) {}

  /** @throws PortalProblem TOO_MANY_ATTEMPTS */
  async consume(email: string, address: string): Promise<void> {
    await this.limits.consume('reset-link-address', addressBlock(address));
    await this.limits.consume('reset-link-email', normalEmail(email));
  }
}
