import { Injectable } from '@nestjs/common';
import { TrustedDevices, type DeviceToken } from '../devices/trusted-devices.js';
import type { Proof } from '../contracts/factor.js';
import type { Stores } from '../contracts/stores/stores.js';
import type { ActivePendingLogin } from './pending-logins.js';
import type { Origin } from '../common/origin.js';
import type { Emit } from '../outbox/transactions.js';
import { Policy } from './policy.js';
import { StepUpTokens } from '../step-up/step-up-tokens.js';
import type { AcceptedAnswer } from '../verification/verification-commit.js';
import { VerificationService, type VerificationResult } from '../verification/verification-service.js';
import { FailureEvents } from '../verification/failure-events.js';

/** The input of an answer. */
export interface ChallengeAnswer {
  /** The kind that the page asked for. */
  readonly asked: string;
  readonly proof: Proof;
  /** Whether to trust this browser for some days. */
  readonly trust?: boolean;
}

/** The result. `device`: the token for the browser's cookie. */
export type ChallengeResult =
  | (Extract<VerificationResult, { status: 'passed' }> & { readonly device?: DeviceToken | undefined })
  | Exclude<VerificationResult, { status: 'passed' }>;

/** The challenge of a pending login, and its answer. */
@Injectable()
export class Challenge {
  constructor(
    private readonly verificationService: VerificationService,
    private readonly failureEvents: FailureEvents,
    private readonly stepUpTokens: StepUpTokens,
    private readonly devices: TrustedDevices,
    private readonly policy: Policy,
  ) {}

  /** Verifies an answer. `passed`: the pending login is consumed, and the host may create its session. */
  async answer(
    pending: ActivePendingLogin,
    { asked, proof, trust = false }: ChallengeAnswer,
    origin: Origin,
  ): Promise<ChallengeResult> {
    const { account, accountState, key, ref } = pending;
    const place = { accountId: account.id, ip: origin.ip, pending: ref, key };
    let device: DeviceToken | undefined;
    const request = { account, accountState, asked, proof, place, origin };
    const answer = await this.verificationService.verify(request, async (stores, emit, accepted) => {
      if (!(await this.consumePendingLogin(pending, stores, accepted))) return false;
      emit('two-factor.challenge.passed', accepted.named);
      const days = trust && accepted.role === 'primary' ? this.policy.trustDays(account) : null;
      device = await this.trust(pending, stores, emit, { days, agent: origin.userAgent });
      return true;
    });
    if (answer.status === 'passed') return { kind: answer.kind, left: answer.left, device, status: 'passed' };
    if (answer.status === 'refused') {
      await this.failureEvents.record('challenge', { accountId: account.id, origin }, answer);
    }
    return answer;
  }

  /** Returns false when it no longer exists. The sign-in is itself a step-up, except under `strict`. */
  private consumePendingLogin(
    pending: ActivePendingLogin,
    stores: Stores,
    { role, at }: AcceptedAnswer,
  ): Promise<boolean> {
    if (role === 'primary' && this.policy.strict) return stores.tokens.consume(pending.ref, at);
    return this.stepUpTokens.afterSignIn(stores, pending, role);
  }

  /** `days` is null where the browser is not trusted. A recovery factor trusts none, because something was lost. */
  private async trust(
    pending: ActivePendingLogin,
    stores: Stores,
    emit: Emit,
    { days, agent }: { readonly days: number | null; readonly agent: string | null },
  ): Promise<DeviceToken | undefined> {
    return days === null ? undefined : this.devices.trust(stores, emit, pending, { days, agent });
  }
}
