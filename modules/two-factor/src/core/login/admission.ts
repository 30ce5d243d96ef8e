import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { HeldLogins, type Bound } from './held-logins.js';
import type { Origin } from '../common/origin.js';
import { Policy } from './policy.js';
import { LoginSession, type HeldLogin, type HostRequest } from '../contracts/ports/login-session.js';
import { ProtectionFlags } from '../enrollment/protection-flags.js';
import type { Visit } from './skip-rule.js';
import type { Standing } from '../accounts/standing.js';

/**
 * Why a login is let through unasked. `skipped`: a skip rule applies. `unprotected`: neither the module's tables nor the host's flag say that the account is protected.
 */
export type AdmitReason = 'skipped' | 'unprotected';

/** What the gate says after the right password. `version`: of the account's set of factors. */
export type Admitted =
  | { readonly outcome: 'admit'; readonly reason: AdmitReason; readonly version: number }
  /** Parked: nobody is signed in until the held login is answered. */
  | { readonly outcome: 'challenge' | 'enrol'; readonly held: HeldLogin; readonly standing: Standing };

/** Decides, after the password, between the session and the second factor. */
@Injectable()
export class Admission {
  constructor(
    private readonly flags: ProtectionFlags,
    private readonly policy: Policy,
    private readonly heldLogins: HeldLogins,
    private readonly sessions: LoginSession,
  ) {}

  /**
   * `tokens`: device tokens that the browser brought.
   * @throws Problem UNAVAILABLE when the account's data is damaged, or two-factor is being turned on this very moment.
   */
  async admit(
    request: HostRequest,
    account: Account,
    origin: Origin,
    tokens: readonly string[] = [],
  ): Promise<Admitted> {
    const standing = await this.flags.standing({ accountId: account.id, origin });
    if (standing.enabled) return this.ask(request, { account, standing, ip: origin.ip, tokens }, origin);
    if (this.policy.requires(account)) return this.hold(request, 'enrol', { account, standing }, origin);
    return { outcome: 'admit', reason: 'unprotected', version: standing.set.version };
  }

  private async ask(request: HostRequest, visit: Visit, origin: Origin): Promise<Admitted> {
    const reason = await this.policy.skipping(visit);
    if (reason === null) return this.hold(request, 'challenge', visit, origin);
    await this.heldLogins.skip(visit.account.id, reason, origin);
    return { outcome: 'admit', reason: 'skipped', version: visit.standing.set.version };
  }

  private async hold(
    request: HostRequest,
    state: HeldLogin['state'],
    bound: Bound,
    origin: Origin,
  ): Promise<Admitted> {
    const held = this.heldLogins.plan(bound, state);
    const key = await this.sessions.hold(request, held);
    await this.heldLogins.open(held, key, bound, origin);
    return { outcome: state, held, standing: bound.standing };
  }
}
