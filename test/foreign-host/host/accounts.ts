// README: begin
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  AccountDirectory,
  type Account,
  type ProtectionChange,
  type ProtectionFlag,
} from 'nestjs-two-factor';
import { Users } from './users.js';

/** Where two-factor finds this host's users. */
@Injectable()
export class Accounts extends AccountDirectory {
  constructor(private readonly users: Users) {
    super();
  }

  async find(id: string): Promise<Account | null> {
    const user = await this.users.byId(Number(id));
    if (!user || user.closed) return null;
    const stamp = createHash('sha256').update(`${user.passwordHash} ${user.email}`).digest('hex');
    return { id, label: user.name, email: user.email, stamp, staff: false };
  }

  override checkPassword(id: string, password: string): Promise<boolean> {
    return this.users.hasPassword(Number(id), password);
  }

  setProtected(id: string, { protected: on, version }: ProtectionChange): Promise<void> {
    return on ? this.users.guard(Number(id), version) : this.users.unguard(Number(id), version);
  }

  async getProtection(id: string): Promise<ProtectionFlag | null> {
    const user = await this.users.byId(Number(id));
    return user?.guarded ? { version: user.guardVersion } : null;
  }
}
// README: end
