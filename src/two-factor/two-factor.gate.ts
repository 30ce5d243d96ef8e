import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../accounts/account.js';
import { Problem, TwoFactor } from 'nestjs-two-factor';
import type { GateAnswer, LoginGate } from '../portal/modules/portal-module.js';
import { PortalProblem } from '../portal/problems/problem.js';
import { asAccount } from './portal.accounts.js';

/** Between the password and the session. */
@Injectable()
export class TwoFactorGate implements LoginGate {
  constructor(private readonly twoFactor: TwoFactor) {}

  async ask(request: Request, account: Account): Promise<GateAnswer> {
    const answer = await this.twoFactor.admit(request, asAccount(account)).catch(withAdvice);
    if (answer.outcome === 'admit') return { pass: true, reason: answer.reason };
    return { pass: false, to: answer.to, json: answer.json };
  }
}

/** People whose account is damaged need help; to try again in a moment, as the page of 503 says, is of no use to them. */
function withAdvice(error: unknown): never {
  if (!(error instanceof Problem) || error.extra['reason'] !== 'damaged') throw error;
  throw new PortalProblem('UNAVAILABLE', error.message, error.extra);
}
