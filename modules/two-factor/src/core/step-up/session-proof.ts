import { Injectable } from '@nestjs/common';
import type { AccountState } from '../accounts/account-state.js';
import { FactorRegistry } from '../accounts/factor-registry.js';
import { withoutSentKinds } from '../accounts/sent-kinds.js';
import type { Origin } from '../common/origin.js';
import type { Proof } from '../contracts/factor.js';
import { FailureEvents } from '../verification/failure-events.js';
import type { OnCommit } from '../verification/verification-commit.js';
import { VerificationService, type VerificationResult } from '../verification/verification-service.js';
import type { StepUpContext } from './step-up-tokens.js';

/** An answer of a signed-in person, and what it is for. */
export interface SessionAnswer {
  /** The kind that the page asked for. */
  readonly asked: string;
  readonly proof: Proof;
  /** What it is for, as the events of wrong answers name it, e.g. `caller.verify`. */
  readonly act: string;
  /** Checks short codes only while fewer wrong ones in a row are counted. Default: the limits of a step-up. */
  readonly below?: number;
}

/**
 * Verifies a factor of a signed-in person for something else than a step-up, by the same verification and with the same
 * limits. It opens no action. Codes that are sent do not count here.
 */
@Injectable()
export class SessionProof {
  constructor(
    private readonly verificationService: VerificationService,
    private readonly failureEvents: FailureEvents,
    private readonly registry: FactorRegistry,
  ) {}

  /** The state of the account with the factors that can be proved here, for the page with the question. */
  provable({ session, accountState }: StepUpContext): AccountState {
    const rest = withoutSentKinds(this.registry, accountState);
    return { ...rest, factors: this.registry.usable(session.account, rest.factors) };
  }

  /** @throws Problem UNAVAILABLE when the answer could not be checked. */
  async prove(
    who: StepUpContext,
    { asked, proof, act, below }: SessionAnswer,
    origin: Origin,
    onCommit: OnCommit,
  ): Promise<VerificationResult> {
    const { account, key } = who.session;
    const place = { accountId: account.id, ip: origin.ip, key, ...(below !== undefined && { below }) };
    const accountState = this.provable(who);
    const answer = await this.verificationService.verify(
      { account, accountState, asked, proof, place, origin },
      onCommit,
    );
    if (answer.status === 'refused')
      await this.failureEvents.record('step-up', { accountId: account.id, origin }, answer, { act });
    return answer;
  }
}
