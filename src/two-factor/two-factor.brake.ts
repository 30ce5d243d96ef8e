import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Problem, TwoFactor } from 'nestjs-two-factor';
import { currentSession } from '../auth/sessions/current-session.js';
import type { ActBrake, ActWait } from '../portal/modules/act-brake.js';

/** The hijack brake of the module, for the portal's own dangerous actions. */
@Injectable()
export class TwoFactorBrake implements ActBrake {
  readonly path = '/account/security';

  constructor(private readonly twoFactor: TwoFactor) {}

  async waits(accountId: string): Promise<ActWait | null> {
    const brake = await this.twoFactor.brake(accountId);
    return brake ? { until: brake.until } : this.isFrozen(accountId);
  }

  async asks(request: Request, accountId: string, act: string): Promise<ActWait | null> {
    const isOwn = currentSession(request)?.account.id === accountId;
    return waitOf(this.twoFactor.requireReleased(isOwn ? request : accountId, act));
  }

  isFrozen(accountId: string): Promise<ActWait | null> {
    return waitOf(this.twoFactor.requireUnfrozen(accountId));
  }
}

/** The wait that the module refuses with; null where it does not refuse. */
async function waitOf(allowed: Promise<void>): Promise<ActWait | null> {
  try {
    await allowed;
    return null;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'COOLING_DOWN') throw error;
    const until = error.extra['until'];
    return { until: typeof until === 'string' ? Date.parse(until) : null };
  }
}
