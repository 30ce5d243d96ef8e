import { Injectable } from '@nestjs/common';
import { AccountAdmin } from '../admin/account-admin.js';

const system = { type: 'system', id: 'recovery-desk' } as const;

/** The end of a case: all factors are gone, and the next right password leads to a required set-up. */
@Injectable()
export class ReEnrollment {
  constructor(private readonly admin: AccountAdmin) {}

  /** It may be called again. */
  async require(accountId: string, reason: string): Promise<void> {
    await this.admin.resets.run(accountId, { mode: 're-enrol', reason }, system);
  }
}
