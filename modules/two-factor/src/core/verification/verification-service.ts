import { Injectable } from '@nestjs/common';
import { VerificationCommit, type CommitResult, type OnCommit } from './verification-commit.js';
import type { Account } from '../common/account.js';
import {
  RateLimits,
  type ConsumeResult,
  type FailureResult,
  type AttemptContext,
} from '../rate-limits/rate-limits.js';
import { Problem } from '../common/errors.js';
import type { FactorData, Proof, Refused, View } from '../contracts/factor.js';
import type { Kind } from '../accounts/factor-registry.js';
import { FactorMatcher, type LoadedState } from './factor-matcher.js';
import type { Origin } from '../common/origin.js';
import { stampOf, AccountStateReader, type AccountState } from '../accounts/account-state.js';
import { isFactorFailure, FactorFailures } from './factor-failures.js';

/** How often a right answer that lost a race is read and judged again. */
const MAX_RACES = 12;

/** An answer to a challenge or a step-up. */
export interface VerificationRequest {
  readonly account: Account;
  readonly accountState: AccountState;
  /** The kind that was asked for. */
  readonly asked: string;
  readonly proof: Proof;
  readonly place: AttemptContext;
  readonly origin: Origin;
  /** What the question left for its answer, where that is not kept with us. */
  readonly challengeState?: FactorData | undefined;
  /** Can it still be answered? Asked before each look, where that is not kept with the place. */
  readonly isOpen?: () => Promise<boolean>;
}

/** A well-formed answer that was looked at and not taken. All but `used` were counted. */
export interface VerificationRefusal {
  readonly status: 'refused';
  readonly kind: string;
  readonly reason: Exclude<Refused, 'malformed'>;
  readonly hint?: View;
}

/** What became of an answer. Only `passed` let anything happen. */
export type VerificationResult =
  | ({ readonly status: 'passed' } & CommitResult)
  | (VerificationRefusal & Partial<FailureResult>)
  | { readonly status: 'malformed' }
  /** Not looked at, not counted, not told: it answers another question than the newest one here, or comes a second time. */
  | { readonly status: 'stale'; readonly kind: string }
  /** Not looked at. `until` (UTC ms): not before; null: shut until another kind or staff clears it. */
  | { readonly status: 'throttled'; readonly kind: string; readonly until: number | null }
  /** What was answered is no more: used, ended, or the account changed meanwhile. */
  | { readonly status: 'void' };

/** The one place that takes answers: charge, judge (no database), accept. */
@Injectable()
export class VerificationService {
  constructor(
    private readonly factorMatcher: FactorMatcher,
    private readonly attempts: RateLimits,
    private readonly accountStateReader: AccountStateReader,
    private readonly verificationCommit: VerificationCommit,
    private readonly factorFailures: FactorFailures,
  ) {}

  /** @throws Problem UNAVAILABLE when the answer could not be judged; it is then not counted. */
  async verify(question: VerificationRequest, settle: OnCommit): Promise<VerificationResult> {
    const { account, accountState, origin } = question;
    if (accountState.damaged) return this.factorFailures.refuseDamaged({ accountId: account.id, origin });
    const kind = this.factorMatcher.kindOf(question.asked, question.proof, question);
    if (!kind) return { status: 'malformed' };
    const taken = question.challengeState ? {} : await this.consumeState(question, kind);
    if (!taken) return { status: 'stale', kind: kind.definition.kind };
    return this.consumeLimit({ ...question, ...taken }, kind, settle);
  }

  /** Before anything is counted: of answers to one question, only one is ever charged for. */
  private async consumeState(
    question: VerificationRequest,
    kind: Kind,
  ): Promise<Partial<LoadedState> | undefined> {
    try {
      return await this.factorMatcher.consumeState(kind, question.proof, question);
    } catch (error) {
      throw await this.problem(error, question);
    }
  }

  private async consumeLimit(
    question: VerificationRequest,
    kind: Kind,
    settle: OnCommit,
  ): Promise<VerificationResult> {
    const { guessable } = kind.definition;
    const charge = await this.attempts.consume(guessable, question.place);
    if (!charge.charged) return notLookedAt(kind, charge);
    const answer = await this.orRefund(question, kind, settle);
    if (answer.status === 'refused' && answer.reason !== 'used') {
      return { ...answer, ...(await this.attempts.recordFailure(guessable, question.place)) };
    }
    if (answer.status !== 'passed') await this.attempts.refund(guessable, question.place);
    return answer;
  }

  private async orRefund(
    question: VerificationRequest,
    kind: Kind,
    settle: OnCommit,
  ): Promise<VerificationResult> {
    try {
      return await this.match(question, kind, settle);
    } catch (error) {
      await this.attempts.refund(kind.definition.guessable, question.place);
      throw await this.problem(error, question);
    }
  }

  private async problem(error: unknown, { account, origin }: VerificationRequest): Promise<unknown> {
    return isFactorFailure(error)
      ? this.factorFailures.problemFor(error, { accountId: account.id, origin })
      : error;
  }

  private async match(
    question: VerificationRequest,
    kind: Kind,
    settle: OnCommit,
  ): Promise<VerificationResult> {
    const recalled = await this.factorMatcher.loadState(kind, question);
    const accountState = isGone(kind, recalled)
      ? await this.accountStateReader.load(question.account.id)
      : question.accountState;
    return this.retryAfterRace({ ...question, ...recalled, accountState }, kind, settle);
  }

  /** A lost race is read and judged again: a right answer is never refused for having been slower. */
  private async retryAfterRace(
    question: VerificationRequest & Partial<LoadedState>,
    kind: Kind,
    settle: OnCommit,
  ): Promise<VerificationResult> {
    let { accountState } = question;
    for (let race = 0; race < MAX_RACES; race += 1) {
      if (question.isOpen && !(await question.isOpen())) return { status: 'void' };
      const judgement = await this.factorMatcher.match(
        kind,
        question.proof,
        accountState.factors,
        question.challengeState,
      );
      if (!judgement.ok) return refusalOf(kind, judgement);
      const accepted = await this.verificationCommit.commit(
        { ...question, kind, proved: judgement.proved },
        settle,
      );
      if (accepted === 'void') return { status: 'void' };
      if (accepted !== 'lost') return { ...accepted, status: 'passed' };
      accountState = await this.accountStateReader.load(question.account.id);
      if (changed(question, accountState)) return { status: 'void' };
    }
    throw new Problem('UNAVAILABLE', 'Too many answers for this account at once. Try again.', {
      retryAfter: 1,
    });
  }
}

/** No mailed question is open here: where a twin of this answer was a moment faster, the record says so by now. */
function isGone(kind: Kind, recalled: LoadedState | undefined): boolean {
  return !recalled && kind.role === 'primary' && kind.behaviour.delivery !== undefined;
}

function notLookedAt(
  { definition }: Kind,
  { ended, until }: Extract<ConsumeResult, { charged: false }>,
): VerificationResult {
  return ended ? { status: 'void' } : { status: 'throttled', kind: definition.kind, until };
}

function refusalOf({ definition }: Kind, judgement: { reason: Refused; hint?: View }): VerificationResult {
  const { reason, hint } = judgement;
  return reason === 'malformed'
    ? { status: 'malformed' }
    : { status: 'refused', kind: definition.kind, reason, hint };
}

function changed({ account, accountState }: VerificationRequest, now: AccountState): boolean {
  return stampOf(account, now.set) !== stampOf(account, accountState.set);
}
