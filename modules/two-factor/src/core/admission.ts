import { Injectable } from '@nestjs/common';
import type { Account } from './account.js';
import { HeldLogins } from './held-logins.js';
import type { Origin } from './origin.js';
import { Policy } from './policy.js';
import { LoginSession, type HeldLogin, type HostRequest } from './ports/login-session.js';
import type { Visit } from './skip-rule.js';
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

  /** `tokens`: device tokens that the browser brought. */
  async admit(
    request: HostRequest,
    account: Account,
    origin: Origin,
    tokens: readonly string[] = [],
  ): Promise<Admitted> {
    const standing = await this.standings.of(account.id);
    if (standing.damaged) return this.troubles.refuseDamaged({ accountId: account.id, origin });
    if (standing.enabled) return this.ask(request, { account, standing, ip: origin.ip, tokens }, origin);
    if (this.policy.requires(account)) return this.hold(request, 'enrol', { account, standing }, origin);
    return { outcome: 'admit' };
  }

  private async ask(request: HostRequest, visit: Visit, origin: Origin): Promise<Admitted> {
    const reason = await this.policy.skipping(visit);
    if (reason === null) return this.hold(request, 'challenge', visit, origin);
    await this.heldLogins.skip(visit.account.id, reason, origin);
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
