import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import {
  LoginSession,
  Problem,
  type Completed,
  type CurrentSession,
  type PendingLogin,
  type ProvedLogin,
} from 'nestjs-two-factor';
import type { Account as PortalAccount } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { currentSession, pendingSession } from '../../auth/sessions/current-session.js';
import { GateFlags } from '../../auth/gates/gate-flags.js';
import { LoginFlow } from '../../auth/login/login-flow.js';
import { safeReturnTo } from '../../auth/common/return-to.js';
import { SessionEnding } from '../../auth/sessions/session-ending.js';
import { loginEnded } from '../../auth/sessions/sessions.js';
import { gateId } from '../gate-id.js';
import { asAccount } from './portal.accounts.js';

/** Adapter: the portal's sessions and its login flow for the module. */
@Injectable()
export class PortalSession extends LoginSession {
  constructor(
    private readonly flow: LoginFlow,
    private readonly ending: SessionEnding,
    private readonly accounts: Accounts,
    private readonly flags: GateFlags,
  ) {
    super();
  }

  current(request: Request): Promise<CurrentSession | null> {
    const current = currentSession(request);
    return Promise.resolve(current && { ...current, account: asAccount(current.account) });
  }

  hold(request: Request, { id, accountId, state }: PendingLogin): Promise<string> {
    return this.flow.hold(request, { id, accountId, state });
  }

  pending(request: Request) {
    const pending = pendingSession(request);
    if (!pending) return Promise.resolve(null);
    const { id, key, account } = pending;
    return Promise.resolve({ id, key, accountId: account.id, account: asAccount(account) });
  }

  completeLogin(request: Request): Promise<Completed> {
    return this.flow.resume(request);
  }

  renew(request: Request): Promise<void> {
    return this.flow.renew(request);
  }

  abandon(request: Request): Promise<string> {
    return this.flow.abandon(request);
  }

  override async begin(request: Request, proved: ProvedLogin, returnTo?: string): Promise<Completed> {
    const account = await this.accounts.byId(proved.account.id);
    if (!account) throw new Problem('INVALID_CREDENTIALS', 'This account may not sign in.');
    await this.refuseChanged(proved, account);
    return this.flow.begin(request, account, safeReturnTo(returnTo));
  }

  async endOthers(accountId: string, keepKey: string | null, version: number): Promise<void> {
    await this.ending.afterChange({ accountId, gate: gateId, version }, keepKey);
  }

  /** A change after this check ends the session by its version. */
  private async refuseChanged({ account, version }: ProvedLogin, now: PortalAccount): Promise<void> {
    const ended = await this.flags.endedFor(account.id, gateId);
    if (ended <= version && asAccount(now).stamp === account.stamp) return;
    throw new Problem('CHALLENGE_EXPIRED', loginEnded);
  }
}
