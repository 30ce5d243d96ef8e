import { Injectable } from '@nestjs/common';
import type { DeviceToken } from '../devices/trusted-devices.js';
import type { Proof } from '../contracts/factor.js';
import type { ActivePendingLogin } from './pending-logins.js';
import type { Origin } from '../common/origin.js';
import { VerificationService, type VerificationResult } from '../verification/verification-service.js';
import { FailureEvents } from '../verification/failure-events.js';
import { Settlement } from './settlement.js';

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
    private readonly settlement: Settlement,
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
    const question = { account, accountState, asked, proof, place, origin };
    const answer = await this.verificationService.verify(question, async (stores, emit, accepted) => {
      if (!(await this.settlement.settle(pending, stores, emit, accepted))) return false;
      const browser = { kind: accepted.kind, agent: origin.userAgent };
      device = trust ? await this.settlement.trust(pending, stores, emit, browser) : undefined;
      return true;
    });
    if (answer.status === 'passed') return { kind: answer.kind, left: answer.left, device, status: 'passed' };
    if (answer.status === 'refused') {
      await this.failureEvents.record('challenge', { accountId: account.id, origin }, answer);
    }
    return answer;
  }
}
