import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../accounts/account.js';
import { TwoFactor } from 'nestjs-two-factor';
import type { GateAnswer, LoginGate } from '../portal/portal-module.js';
import { asAccount } from './portal.accounts.js';

/** Between the password and the session. */
@Injectable()
export class TwoFactorGate implements LoginGate {
  constructor(private readonly twoFactor: TwoFactor) {}

  async ask(request: Request, account: Account): Promise<GateAnswer> {
    const answer = await this.twoFactor.admit(request, asAccount(account));
    if (answer.outcome === 'admit') return { pass: true, reason: answer.reason };
    return { pass: false, to: answer.to, json: answer.json };
  }
}
