import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TwoFactor } from 'nestjs-two-factor';
import type { GateAnswer, LoginGate } from '../portal/portal-module.js';

/** Between the password and the session. */
@Injectable()
export class TwoFactorGate implements LoginGate {
  constructor(private readonly twoFactor: TwoFactor) {}

  async ask(request: Request, accountId: string): Promise<GateAnswer> {
    const answer = await this.twoFactor.admit(request, accountId);
    return answer.outcome === 'admit' ? { pass: true } : { pass: false, to: answer.to, json: answer.json };
  }
}
