import { Injectable } from '@nestjs/common';
import { Accounts } from '../../../accounts/accounts.service.js';
import { type PasswordWait, PasswordWaits } from './password-waits.js';

/** The waits after wrong passwords, by the id of the account, for staff and modules. */
@Injectable()
export class AccountPasswordWaits {
  constructor(
    private readonly accounts: Accounts,
    private readonly waits: PasswordWaits,
  ) {}

  /** The networks with wrong passwords for this account, the longest wait first; empty for an unknown account. */
  async of(accountId: string): Promise<readonly PasswordWait[]> {
    const account = await this.accounts.byId(accountId);
    return account ? this.waits.of(account.email) : [];
  }

  /** The end of the longest wait, UTC ms; null where there is none. */
  async until(accountId: string): Promise<number | null> {
    const ends = (await this.of(accountId)).flatMap(({ until }) => until ?? []);
    return ends.length === 0 ? null : Math.max(...ends);
  }

  /** Ends all waits of this account. */
  async end(accountId: string): Promise<void> {
    const account = await this.accounts.byId(accountId);
    if (account) await this.waits.endAll(account.email);
  }
}
