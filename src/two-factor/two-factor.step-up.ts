import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TwoFactor } from 'nestjs-two-factor';
import { currentSession } from '../auth/sessions/current-session.js';
import type { ConfirmedAct, StepUp } from '../portal/modules/step-up.js';

/** The step-up ("Confirm it's you") before dangerous actions of the portal itself. */
@Injectable()
export class TwoFactorStepUp implements StepUp {
  readonly path = '/account/confirm';

  constructor(private readonly twoFactor: TwoFactor) {}

  confirmation(request: Request, minutes: number, act: ConfirmedAct) {
    return this.twoFactor.confirmation(request, minutes, act);
  }

  async setUpAddress(request: Request, returnTo: string): Promise<string | null> {
    const account = currentSession(request)?.account;
    const has = account && (await this.twoFactor.status(account.id)).enabled;
    return has ? null : `/account/security?${new URLSearchParams({ returnTo }).toString()}`;
  }
}
