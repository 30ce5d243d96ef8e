import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { EmailAddresses } from '../../accounts/email-addresses.service.js';
import { PortalEvents } from '../../events/portal-events.js';
import { formerAddress } from '../email-change/email-undo.js';
import type { LockDown, LockDownStep } from './lock-down.js';
import { LockDowns } from './lock-downs.js';

/**
 * Gives the account its former e-mail address back, where the mail about that change told of it. In every case the account gets a new
 * security stamp: mailed links, and everything else that was begun before, are void.
 */
@Injectable()
export class EmailRestore implements LockDownStep, OnModuleInit {
  constructor(
    private readonly accounts: Accounts,
    private readonly addresses: EmailAddresses,
    private readonly events: PortalEvents,
    private readonly lockDowns: LockDowns,
  ) {}

  onModuleInit(): void {
    this.lockDowns.subscribe(this);
  }

  async lockDown(lockDown: LockDown, manager: EntityManager): Promise<void> {
    const account = await this.accounts.byId(lockDown.accountId, manager);
    if (!account) return;
    const email = await this.restorable(lockDown, account, manager);
    await this.addresses.replace(account, email ?? account.email, manager);
    if (email === null) return;
    const actor = { type: 'system', id: 'lock-down' } as const;
    await this.events.record('email.changed', { accountId: account.id, actor, data: {} }, null, manager);
  }

  /** The former address; null when this link is not about an address, or nothing changed, or another account has it by now. */
  private async restorable(
    { undo }: LockDown,
    account: Account,
    manager: EntityManager,
  ): Promise<string | null> {
    const former = formerAddress(undo);
    if (former === null || former === account.email) return null;
    return (await this.accounts.byEmail(former, manager)) ? null : former;
  }
}
