import { Injectable } from '@nestjs/common';
import { Resets } from '../admin/resets.js';

const system = { type: 'system', id: 'recovery-desk' } as const;

/** The end of a case: all factors are gone, and the next right password leads to a required set-up. */
@Injectable()
export class ReEnrollment {
  constructor(private readonly resets: Resets) {}

  /** It may be called again: the second call finds nothing to reset. */
  async require(accountId: string, reason: string): Promise<void> {
    await this.resets.run(accountId, { mode: 're-enrol', reason }, system);
  }
}
