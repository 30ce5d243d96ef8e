import { Injectable } from '@nestjs/common';
import { TwoFactor } from 'nestjs-two-factor';
import type { ResetRule } from '../portal/modules/portal-module.js';

/** If codes come by mail, a mailed link must not replace the password: one mailbox would be both factors. */
@Injectable()
export class TwoFactorResetRule implements ResetRule {
  constructor(private readonly twoFactor: TwoFactor) {}

  refuses(accountId: string): Promise<boolean> {
    return this.twoFactor.reachedByMail(accountId);
  }
}
