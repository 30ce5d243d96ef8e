import { Injectable } from '@nestjs/common';
import type { Account } from './account.js';
import { HeldLogins } from './held-logins.js';
import type { Origin } from './origin.js';
import { Policy } from './policy.js';
import { LoginSession, type HeldLogin, type HostRequest } from './ports/login-session.js';
import { Standings, type Standing } from './standing.js';
import { Troubles } from './troubles.js';

/** What the gate says after the right password. */
export type Admitted =
  | { readonly outcome: 'admit' }
  /** Parked: nobody is signed in until the held login is answered. */
  | { readonly outcome: 'challenge' | 'enrol'; readonly held: HeldLogin; readonly standing: Standing };

/** Decides, after the password, between the session and the second factor. */
@Injectable()
export class Admission {
  constructor(
    private readonly standings: Standings,
    private readonly policy: Policy,
    private readonly heldLogins: HeldLogins,
    private readonly sessions: LoginSession,
    private readonly troubles: Troubles,
  ) {}

  async admit(request: HostRequest, account: Account, origin: Origin): Promise<Admitted> {
    const standing = await this.standings.of(account.id);
    if (standing.damaged) return this.troubles.refuseDamaged({ accountId: account.id, origin });
    if (standing.enabled) return this.hold(request, 'challenge', { account, standing }, origin);
    if (this.policy.requires(account)) return this.hold(request, 'enrol', { account, standing }, origin);
    return { outcome: 'admit' };
  }

  private async hold(
    request: HostRequest,
    state: HeldLogin['state'],
    bound: { account: Account; standing: Standing },
    origin: Origin,
  ): Promise<Admitted> {
    const held = this.heldLogins.plan(bound.account, state);
    const key = await this.sessions.hold(request, held);
    await this.heldLogins.open(held, key, bound, origin);
    return { outcome: state, held, standing: bound.standing };
  }
}
