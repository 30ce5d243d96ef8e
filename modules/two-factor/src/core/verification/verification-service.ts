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
import { FactorMatcher, type LoadedState, type MatchResult } from './factor-matcher.js';
import type { NamedFactor } from './matched-factor.js';
import type { Origin } from '../common/origin.js';
import { stampOf, AccountStateReader, type AccountState } from '../accounts/account-state.js';
import { isFactorFailure, FactorFailures } from './factor-failures.js';

/** The maximum number of repetitions for a right answer that loses races. */
const MAX_RACES = 12;

/** An answer to a challenge or a step-up. */
export interface VerificationRequest {
  readonly account: Account;
  readonly accountState: AccountState;
  /** The kind that the page asked for. */
  readonly asked: string;
  readonly proof: Proof;
  readonly place: AttemptContext;
  readonly origin: Origin;
  /** The challenge state, where the client keeps it. */
  readonly challengeState?: FactorData | undefined;
  /**
   * Whether the challenge is still open. It is called before each verification, where the client keeps the challenge.
   */
  readonly isOpen?: () => Promise<boolean>;
}

/** A well-formed answer that was checked and refused. All reasons except `used` count as failures. */
export interface VerificationRefusal {
  readonly status: 'refused';
  readonly kind: string;
  readonly reason: Exclude<Refused, 'malformed'>;
  readonly hint?: View;
  /** Its kind and factor, as events name them. */
  readonly named: NamedFactor;
}

/** The result of an answer. Only `passed` changes anything. */
export type VerificationResult =
  | ({ readonly status: 'passed' } & CommitResult)
  | (VerificationRefusal & Partial<FailureResult>)
  | { readonly status: 'malformed' }
  /** Not checked, not counted and without an event: the answer belongs to an older challenge, or is repeated. */
  | { readonly status: 'stale'; readonly kind: string }
  /** Not checked. `until` (UTC ms): not before; null: blocked until another kind or staff resets the count. */
  | { readonly status: 'throttled'; readonly kind: string; readonly until: number | null }
  /** The pending login or session has ended, was used, or the account has changed. */
  | { readonly status: 'void' };

/** Verifies all answers: consumes the rate limit, verifies without the database, commits. */
@Injectable()
export class VerificationService {
  constructor(
    private readonly factorMatcher: FactorMatcher,
    private readonly attempts: RateLimits,
    private readonly accountStateReader: AccountStateReader,
    private readonly verificationCommit: VerificationCommit,
    private readonly factorFailures: FactorFailures,
  ) {}

  /** @throws Problem UNAVAILABLE when the answer could not be checked. It is not counted then. */
  async verify(request: VerificationRequest, onCommit: OnCommit): Promise<VerificationResult> {
    const { account, accountState, origin } = request;
    if (accountState.damaged) return this.factorFailures.refuseDamaged({ accountId: account.id, origin });
    const kind = this.factorMatcher.kindOf(request.asked, request.proof, request);
    if (!kind) return { status: 'malformed' };
    const state = await this.consumeState(request, kind);
    if (!state) return { status: 'stale', kind: kind.definition.kind };
    return this.consumeLimit({ request, kind, state, onCommit });
  }

  /**
   * Refuses an answer that names no account, in the same way as a wrong answer of an existing account. No password was checked
   * before it, so it counts only for the address.
   */
  async refuseUnknown(
    kind: string,
    ip: string | null,
  ): Promise<Extract<VerificationResult, { status: 'refused' | 'throttled' }>> {
    const place = { accountId: '', ip, key: null };
    const charge = await this.attempts.consume(false, place);
    if (!charge.charged) return { status: 'throttled', kind, until: charge.until };
    await this.attempts.recordFailure(false, place);
    return { status: 'refused', kind, reason: 'wrong', named: { kind } };
  }

  /** Runs before anything is counted: of several answers to one challenge only one is ever counted. */
  private async consumeState(
    request: VerificationRequest,
    kind: Kind,
  ): Promise<Partial<LoadedState> | undefined> {
    const { challengeState } = request;
    if (challengeState) return { challengeState };
    try {
      return await this.factorMatcher.consumeState(kind, request.proof, request);
    } catch (error) {
      throw await this.problem(error, request);
    }
  }

  private async consumeLimit(attempt: Attempt): Promise<VerificationResult> {
    const { guessable } = attempt.kind.definition;
    const { place } = attempt.request;
    const charge = await this.attempts.consume(guessable, place);
    if (!charge.charged) return notLookedAt(attempt.kind, charge);
    const answer = await this.matchOrRefund(attempt);
    if (answer.status === 'refused' && answer.reason !== 'used') {
      return { ...answer, ...(await this.attempts.recordFailure(guessable, place)) };
    }
    if (answer.status !== 'passed') await this.attempts.refund(guessable, place);
    return answer;
  }

  private async matchOrRefund(attempt: Attempt): Promise<VerificationResult> {
    const { request, kind } = attempt;
    try {
      const loaded = await this.factorMatcher.loadState(kind, request);
      const accountState = isGone(kind, loaded)
        ? await this.accountStateReader.load(request.account.id)
        : request.accountState;
      return await this.matchAndCommit(attempt, loaded ?? attempt.state, accountState);
    } catch (error) {
      await this.attempts.refund(kind.definition.guessable, request.place);
      throw await this.problem(error, request);
    }
  }

  private async problem(error: unknown, { account, origin }: VerificationRequest): Promise<unknown> {
    return isFactorFailure(error)
      ? this.factorFailures.problemFor(error, { accountId: account.id, origin })
      : error;
  }

  /** After a lost race the account is read and the answer is checked again, so that no right answer is refused for being slower. */
  private async matchAndCommit(
    { request, kind, onCommit }: Attempt,
    { challengeState, spends }: Partial<LoadedState>,
    before: AccountState,
  ): Promise<VerificationResult> {
    const { account, proof, place, origin } = request;
    let { factors } = before;
    for (let race = 0; race < MAX_RACES; race += 1) {
      if (request.isOpen && !(await request.isOpen())) return { status: 'void' };
      const match = await this.factorMatcher.match(kind, proof, factors, challengeState);
      if (!match.ok) return refusalOf(kind, match);
      const right = { kind, proved: match.proved, place, origin, spends };
      const accepted = await this.verificationCommit.commit(right, onCommit);
      if (accepted === 'void') return { status: 'void' };
      if (accepted !== 'lost') return { kind: accepted.kind, left: accepted.left, status: 'passed' };
      const now = await this.accountStateReader.load(account.id);
      if (stampOf(account, now.set) !== stampOf(account, before.set)) return { status: 'void' };
      ({ factors } = now);
    }
    throw new Problem('UNAVAILABLE', 'Too many answers for this account at once. Try again.', {
      retryAfter: 1,
    });
  }
}

/** An answer of one kind, while it is checked. */
interface Attempt {
  readonly request: VerificationRequest;
  readonly kind: Kind;
  /** The state of this kind's challenge; empty where the kind needs none. */
  readonly state: Partial<LoadedState>;
  readonly onCommit: OnCommit;
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

function refusalOf({ definition }: Kind, refusal: Extract<MatchResult, { ok: false }>): VerificationResult {
  const { reason, hint, named } = refusal;
  return reason === 'malformed'
    ? { status: 'malformed' }
    : { status: 'refused', kind: definition.kind, reason, hint, named };
}
