import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { PendingLogins, type Bound } from './pending-logins.js';
import type { Origin } from '../common/origin.js';
import { Policy } from './policy.js';
import { LoginSession, type PendingLogin, type HostRequest } from '../contracts/ports/login-session.js';
import { TrustedDevices } from '../devices/trusted-devices.js';
import { ProtectionFlags } from '../enrollment/protection-flags.js';
import type { AccountState } from '../accounts/account-state.js';

/**
 * Why a login is admitted without a challenge. `skipped`: a skip rule applies. `unprotected`: neither the module's
 * tables nor the host's flag protect the account.
 */
export type AdmitReason = 'skipped' | 'unprotected';

/** The gate's decision after the right password. `version`: the version of the account's factor set. */
export type GateDecision =
  | { readonly outcome: 'admit'; readonly reason: AdmitReason; readonly version: number }
  /** Pending: the person is not signed in until the challenge is passed. */
  | {
      readonly outcome: 'challenge' | 'enrol';
      readonly pending: PendingLogin;
      readonly accountState: AccountState;
    };

/** Decides after the password whether the login needs a second factor. */
@Injectable()
export class LoginGate {
  constructor(
    private readonly flags: ProtectionFlags,
    private readonly policy: Policy,
    private readonly pendingLogins: PendingLogins,
    private readonly sessions: LoginSession,
    private readonly devices: TrustedDevices,
  ) {}

  /**
   * `tokens`: the device tokens of the browser's cookies.
   * @throws Problem UNAVAILABLE when the account's data is damaged, or while an enrollment is committing.
   */
  async admit(
    request: HostRequest,
    account: Account,
    origin: Origin,
    tokens: readonly string[] = [],
  ): Promise<GateDecision> {
    const rows = await this.flags.loadState({ accountId: account.id, origin });
    const bound = await this.pendingLogins.bind(account, rows);
    const { accountState } = bound;
    if (accountState.enabled) {
      const skip = await this.findSkip(bound, origin, tokens);
      return skip ?? this.hold(request, 'challenge', bound, origin);
    }
    if (accountState.mustEnroll || this.policy.requires(account))
      return this.hold(request, 'enrol', bound, origin);
    return { outcome: 'admit', reason: 'unprotected', version: accountState.set.version };
  }

  /** Null: no skip rule applies. */
  private async findSkip(
    bound: Bound,
    origin: Origin,
    tokens: readonly string[],
  ): Promise<GateDecision | null> {
    const { account, accountState } = bound;
    const isTrustedDevice = () => this.devices.isTrusted(bound, tokens);
    const name = await this.policy.findSkip({ account, ip: origin.ip, isTrustedDevice });
    if (name === null) return null;
    await this.pendingLogins.skip(account.id, name, origin);
    return { outcome: 'admit', reason: 'skipped', version: accountState.set.version };
  }

  private async hold(
    request: HostRequest,
    state: PendingLogin['state'],
    bound: Bound,
    origin: Origin,
  ): Promise<GateDecision> {
    const pending = this.pendingLogins.prepare(bound, state);
    const key = await this.sessions.hold(request, pending);
    await this.pendingLogins.open(pending, key, bound, origin);
    return { outcome: state, pending, accountState: bound.accountState };
  }
}
