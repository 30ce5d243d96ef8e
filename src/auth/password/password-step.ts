import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';
import { Accounts, type PasswordLookup } from '../../accounts/accounts.service.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { clientAddress } from '../common/client.js';
import { PasswordAttempts } from './attempts/password-attempts.js';
import { RefusedSignIns } from './refused-sign-ins.js';

/** The first step of the sign-in: checks the password of the address. */
@Injectable()
export class PasswordStep {
  constructor(
    private readonly accounts: Accounts,
    private readonly attempts: PasswordAttempts,
    private readonly refused: RefusedSignIns,
  ) {}

  /**
   * Returns the account, or null. Unknown address, wrong password and suspended account look alike and cost the same (ASVS
   * 6.3.8).
   * @throws PortalProblem TOO_MANY_ATTEMPTS
   */
  async check(request: Request, email: string, password: string): Promise<Account | null> {
    let look: PasswordLookup = { account: null, right: false, outdatedHash: null };
    const found = await this.judged(request, email, async () => {
      look = await this.accounts.lookUp(email, password);
      return look.right && look.account?.suspended === false ? look.account : null;
    });
    if (!found) await this.refused.tell(request, look.right ? 'suspended' : 'credentials', look.account);
    else if (look.outdatedHash !== null) await this.accounts.renewHash(found.id, look.outdatedHash, password);
    return found;
  }

  private async judged(
    request: Request,
    email: string,
    look: () => Promise<Account | null>,
  ): Promise<Account | null> {
    try {
      return await this.attempts.check(email, clientAddress(request), look);
    } catch (error) {
      this.refused.line(request, error instanceof PortalProblem ? 'throttled' : 'unavailable');
      throw error;
    }
  }
}
