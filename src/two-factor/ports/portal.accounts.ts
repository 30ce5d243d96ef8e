import { Injectable } from '@nestjs/common';
import {
  AccountDirectory,
  type Account,
  type ProtectionChange,
  type ProtectionFlag,
} from 'nestjs-two-factor';
import type { Account as PortalAccount } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { CredentialChanges } from '../../accounts/credential-changes.service.js';
import { GateFlags } from '../../auth/gates/gate-flags.js';
import type { LockDown } from '../../auth/lock-down/lock-down.js';
import { LockDowns } from '../../auth/lock-down/lock-downs.js';
import { AccountPasswordWaits } from '../../auth/password/attempts/account-password-waits.js';
import { gateId } from '../gate-id.js';

/** Adapter: the portal's accounts for the module. */
@Injectable()
export class PortalAccounts extends AccountDirectory {
  constructor(
    private readonly accounts: Accounts,
    private readonly flags: GateFlags,
    private readonly passwordWaits: AccountPasswordWaits,
    private readonly changes: CredentialChanges,
    private readonly lockDowns: LockDowns,
  ) {
    super();
  }

  async find(id: string): Promise<Account | null> {
    const account = await this.accounts.byId(id);
    return account && !account.suspended ? asAccount(account) : null;
  }

  override checkPassword(id: string, password: string): Promise<boolean> {
    return this.accounts.checkPassword(id, password);
  }

  override passwordWait(id: string): Promise<number | null> {
    return this.passwordWaits.until(id);
  }

  override endPasswordWaits(id: string): Promise<void> {
    return this.passwordWaits.end(id);
  }

  override changedAt(id: string): Promise<number | null> {
    return this.changes.lastOf(id);
  }

  override lockedDown(accountId: string, lockDown: Omit<LockDown, 'accountId'>): Promise<boolean> {
    const { id, at, event, undo } = lockDown;
    const isRecipient = (email: string) => lockDown.isRecipient(email);
    return this.lockDowns.handle({ id, accountId, at, event, undo, isRecipient });
  }

  async setProtected(id: string, { protected: on, version }: ProtectionChange): Promise<void> {
    if (on) await this.flags.set(id, gateId, version);
    else await this.flags.clear(id, gateId, version);
  }

  async getProtection(id: string): Promise<ProtectionFlag | null> {
    const version = await this.flags.raisedAt(id, gateId);
    return version === null ? null : { version };
  }
}

/** Every role except customer counts as staff. A change of role voids everything begun or confirmed before. */
export function asAccount({ id, name, email, stamp, role }: PortalAccount): Account {
  return { id, label: name, email, stamp: `${stamp}.${role}`, staff: role !== 'customer' };
}
