import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Sent } from '../../core/challenges/code-sender.js';
import { Problem, type ProblemCode } from '../../core/common/errors.js';
import type { EnrollmentVerdict, View } from '../../core/contracts/factor.js';
import { Clock } from '../../core/contracts/ports/clock.js';
import { twoFactorLimits } from '../../core/rate-limits/limits.js';
import { Translator } from '../../core/contracts/ports/translator.js';
import type { FailureResult } from '../../core/rate-limits/rate-limits.js';
import type { VerificationResult } from '../../core/verification/verification-service.js';

/** An answer that was not accepted. */
export type NotPassed = Extract<
  VerificationResult,
  { status: 'refused' | 'malformed' | 'stale' | 'throttled' }
>;

/** The values for a refusal's text, and the additional members of its problem document. */
interface Facts {
  readonly values?: View;
  readonly extra?: View;
}

/** The wait that JSON clients get for a blocked account, in seconds; another kind or staff may be quicker. */
const A_DAY = 86_400;

/** Explains in the reader's language why an answer was refused, and what to do. */
@Injectable()
export class ProblemMessages {
  constructor(
    private readonly translator: Translator,
    private readonly clock: Clock,
  ) {}

  /** The refusal of an answer; `asked` is the kind of its field, empty if there is none. */
  ofAnswer(request: Request, asked: string, answer: NotPassed): Problem {
    if (answer.status === 'malformed')
      return this.problem(request, 'INVALID_INPUT', asked ? `${asked}.error.malformed` : 'answer.nothing');
    if (answer.status === 'throttled') return this.ofWait(request, answer.until);
    if (answer.status === 'stale') return this.ofUsed(request, answer.kind);
    return this.ofRefusal(request, answer);
  }

  /** The refusal of an answer at enrollment: it has no count of attempts, and a clock hint in both directions. */
  ofSetUp(request: Request, kind: string, refused: Extract<EnrollmentVerdict, { ok: false }>): Problem {
    if (refused.reason === 'malformed')
      return this.problem(request, 'INVALID_INPUT', `${kind}.error.malformed`);
    if (refused.reason === 'used') return this.ofUsed(request, kind);
    const key = refused.hint ? this.hintKey(kind, refused.hint) : `${kind}.error.wrong`;
    return this.problem(request, 'PROOF_REFUSED', key, { values: refused.hint, extra: { reason: 'wrong' } });
  }

  /** No answer is checked before `until` (UTC ms); null: not until another kind, or staff, removes the block. */
  ofWait(request: Request, until: number | null): Problem {
    if (until === null)
      return this.problem(request, 'TOO_MANY_ATTEMPTS', 'answer.stopped', { extra: { retryAfter: A_DAY } });
    return this.waiting(request, 'answer.wait', until);
  }

  /** No password is checked before `until` (UTC ms); no other method can replace it. */
  ofPasswordWait(request: Request, until: number): Problem {
    return this.waiting(request, 'confirm.wait', until);
  }

  /** A message with a code that is not sent yet, in the words of its channel. */
  ofSending(request: Request, later: Extract<Sent, { status: 'later' }>): Problem {
    if ('shut' in later) return this.ofWait(request, later.until);
    const retryAfter = Math.max(1, Math.ceil((later.until - this.clock.now()) / 1000));
    const minutes = Math.ceil(retryAfter / 60);
    const key = `sending.${later.channel}.${minutes === 1 ? 'soon' : 'later'}`;
    return this.problem(request, 'TOO_MANY_ATTEMPTS', key, { values: { minutes }, extra: { retryAfter } });
  }

  /** A refusal in the reader's language; `extra` is for JSON clients. */
  problem(request: Request, code: ProblemCode, key: string, { values, extra }: Facts = {}): Problem {
    return new Problem(code, this.text(request, key, values), extra);
  }

  text(request: Request, key: string, values: View = {}): string {
    return this.translator.text(request, key, values);
  }

  private waiting(request: Request, key: string, until: number): Problem {
    const retryAfter = Math.max(1, Math.ceil((until - this.clock.now()) / 1000));
    const minutes = Math.ceil(retryAfter / 60);
    return this.problem(request, 'TOO_MANY_ATTEMPTS', key, {
      values: { minutes },
      extra: { retryAfter, until: iso(until) },
    });
  }

  /** The answer belongs to another question than the current one. */
  private ofUsed(request: Request, kind: string): Problem {
    return this.problem(request, 'PROOF_REFUSED', `${kind}.error.used`, { extra: { reason: 'used' } });
  }

  private ofRefusal(
    request: Request,
    { kind, reason, hint, locked }: Extract<NotPassed, { status: 'refused' }>,
  ): Problem {
    const key = hint && reason === 'wrong' ? this.hintKey(kind, hint) : `${kind}.error.${reason}`;
    const problem = this.problem(request, 'PROOF_REFUSED', key, { values: hint, extra: { reason } });
    return locked ? this.withWait(request, problem, locked) : problem;
  }

  /** The same refusal; it also says how long to wait now. */
  private withWait(
    request: Request,
    { code, message, extra }: Problem,
    { misses, until }: NonNullable<FailureResult['locked']>,
  ): Problem {
    const isStopped = misses >= twoFactorLimits.account.hardStop;
    const wait = this.ofWait(request, isStopped ? null : until);
    const members = isStopped ? extra : { ...extra, until: iso(until) };
    return new Problem(code, `${message} ${wait.message}`, members);
  }

  /** A hint's name is the end of its message key: `{ minutesSlow: 3 }` uses `<kind>.hint.minutesSlow`. */
  private hintKey(kind: string, hint: View): string {
    return `${kind}.hint.${Object.keys(hint)[0] ?? 'none'}`;
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
