import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../accounts/account.js';
import { Problem, TwoFactor } from 'nestjs-two-factor';
import type { GateAnswer, LoginGate } from '../portal/modules/portal-module.js';
import { PortalProblem } from '../portal/problems/problem.js';
import { asAccount } from './ports/portal.accounts.js';

/** The gate between the password and the session. */
@Injectable()
export class TwoFactorGate implements LoginGate {
  constructor(private readonly twoFactor: TwoFactor) {}

  async ask(request: Request, account: Account): Promise<GateAnswer> {
    const answer = await this.twoFactor.admit(request, asAccount(account)).catch(withAdvice);
    if (answer.outcome === 'admit') return { pass: true, reason: answer.reason };
    return { pass: false, to: answer.to, json: answer.json };
  }
}

/** The owner of a damaged account needs help. The page of 503 says to try again in a moment, which would be useless here. */
function withAdvice(error: unknown): never {
  if (!(error instanceof Problem) || error.extra['reason'] !== 'damaged') throw error;
  throw new PortalProblem('UNAVAILABLE', error.message, error.extra);
}
