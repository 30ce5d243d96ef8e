import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { LoginSession, type Completed, type CurrentSession, type HeldLogin } from 'nestjs-two-factor';
import { currentSession, heldSession } from '../auth/current-session.js';
import { LoginFlow } from '../auth/login-flow.js';
import { SessionEnding } from '../auth/session-ending.js';
import { asAccount } from './portal.accounts.js';

/** The portal's sessions and its login flow, as the module asks for them. */
@Injectable()
export class PortalSession extends LoginSession {
  constructor(
    private readonly flow: LoginFlow,
    private readonly ending: SessionEnding,
  ) {
    super();
  }

  current(request: Request): Promise<CurrentSession | null> {
    const current = currentSession(request);
    return Promise.resolve(current && { ...current, account: asAccount(current.account) });
  }

  hold(request: Request, { id, accountId, state }: HeldLogin): Promise<string> {
    return this.flow.hold(request, { id, accountId, state });
  }

  held(request: Request) {
    const held = heldSession(request);
    if (!held) return Promise.resolve(null);
    const { id, key, account } = held;
    return Promise.resolve({ id, key, accountId: account.id, account: asAccount(account) });
  }

  complete(request: Request, how: 'proved' | 'stepped-up' | 'abandoned'): Promise<Completed> {
    return this.flow.complete(request, how);
  }

  async endOthers(accountId: string, keepKey: string | null, before: number): Promise<void> {
    await this.ending.afterChange(accountId, keepKey, before);
  }
}
