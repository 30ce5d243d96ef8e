import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';
import { LoginGate, type AdmitReason, type GateDecision } from '../../core/login/login-gate.js';
import { Problem } from '../../core/common/errors.js';
import { AccountDirectory } from '../../core/contracts/ports/account-directory.js';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { Routes } from '../response/routes.js';
import { ChallengePage } from '../challenge/challenge.page.js';
import { deviceTokens } from '../challenge/device-cookie.js';
import { originOf } from '../request/origin-of.js';
import { consumeVerified } from '../passwordless/verified-mark.js';

/** The answer to a host's login after the password. */
export type TwoFactorGateAnswer =
  | {
      readonly outcome: 'admit';
      /**
       * `proved`: this request has already verified a factor. `skipped`: a skip rule applies. `unprotected`: the account has no
       * known protection.
       */
      readonly reason: AdmitReason | 'proved';
    }
  | {
      readonly outcome: 'challenge' | 'enrol';
      /** The page where people must continue. */
      readonly to: string;
      /** The answer for a JSON client, with status 200. */
      readonly json: Readonly<Record<string, unknown>>;
    };

/** The login gate: called between the password and the session. */
@Injectable()
export class Gate {
  constructor(
    private readonly loginGate: LoginGate,
    private readonly accounts: AccountDirectory,
    private readonly page: ChallengePage,
    private readonly routes: Routes,
    private readonly sessions: LoginSession,
  ) {}

  /** @throws Problem INVALID_CREDENTIALS when the account may not sign in; UNAVAILABLE when its data is damaged. */
  async admit(request: Request, whose: string | Account): Promise<TwoFactorGateAnswer> {
    const account = typeof whose === 'string' ? await this.accounts.find(whose) : whose;
    if (!account) throw new Problem('INVALID_CREDENTIALS', 'This account may not sign in.');
    if (consumeVerified(request, account)) return { outcome: 'admit', reason: 'proved' };
    const admitted = await this.loginGate.admit(
      request,
      account,
      originOf(request, account),
      deviceTokens(request),
    );
    if (admitted.outcome === 'admit') {
      this.sessions.admitted?.(request, account, admitted.version);
      return { outcome: 'admit', reason: admitted.reason };
    }
    const { outcome, accountState } = admitted;
    const kinds = outcome === 'challenge' ? this.page.kinds({ account, accountState }) : [];
    const to = outcome === 'challenge' ? this.routes.challenge() : this.routes.setUp(true);
    return { outcome, to, json: jsonOf(admitted, kinds) };
  }

  /** See `LoginSession.keep`. */
  async keepSession(request: Request): Promise<void> {
    await this.sessions.keep?.(request);
  }
}

type Held = Extract<GateDecision, { pending: unknown }>;

/** `mustEnroll`: the set-up is due because staff reset the account. */
function jsonOf({ outcome, pending, accountState }: Held, kinds: readonly string[]) {
  const challenge = { id: pending.id, kinds, expiresAt: new Date(pending.expiresAt).toISOString() };
  const reset = accountState.mustEnroll ? { mustEnroll: true } : {};
  return { ...reset, status: outcome, challenge };
}
