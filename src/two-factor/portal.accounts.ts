import { Injectable } from '@nestjs/common';
import { AccountDirectory, type Account, type ProtectionFlag } from 'nestjs-two-factor';
import type { Account as PortalAccount } from '../accounts/account.js';
import { Accounts } from '../accounts/accounts.service.js';
import { GateMarks } from '../auth/gates/gate-marks.js';
import { gateId } from './gate-id.js';

/** Adapter: the portal's accounts for the module. */
@Injectable()
export class PortalAccounts extends AccountDirectory {
  constructor(
    private readonly accounts: Accounts,
    private readonly marks: GateMarks,
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

  async protected(id: string, on: boolean, version: number): Promise<void> {
    if (on) await this.marks.raise(id, gateId, version);
    else await this.marks.lower(id, gateId, version);
  }

  async protection(id: string): Promise<ProtectionFlag | null> {
    const version = await this.marks.raisedAt(id, gateId);
    return version === null ? null : { version };
  }
}

/** Every role except customer counts as staff. A change of role voids everything begun or confirmed before. */
export function asAccount({ id, name, email, stamp, role }: PortalAccount): Account {
  return { id, label: name, email, stamp: `${stamp}.${role}`, staff: role !== 'customer' };
}
