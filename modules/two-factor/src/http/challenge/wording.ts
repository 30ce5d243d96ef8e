import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Sent } from '../../core/challenges/courier.js';
import { Problem, type ProblemCode } from '../../core/common/errors.js';
import type { Enrolled, View } from '../../core/contracts/factor.js';
import { Clock } from '../../core/contracts/ports/clock.js';
import { Translator } from '../../core/contracts/ports/translator.js';
import type { Answer } from '../../core/verification/prover.js';

/** An answer that let nobody in. */
export type NotPassed = Extract<Answer, { status: 'refused' | 'malformed' | 'stale' | 'throttled' }>;

/** What is filled into a refusal's text, and what else its problem document says. */
interface Facts {
  readonly values?: View;
  readonly extra?: View;
}

/** What a shut account's programs are told to wait, in seconds; another way or staff may be quicker. */
const A_DAY = 86_400;

/** Says in the reader's language why an answer was not taken, and what to do. */
@Injectable()
export class Wording {
  constructor(
    private readonly translator: Translator,
    private readonly clock: Clock,
  ) {}

  /** The refusal of an answer; `asked` is the kind whose field it was typed into, empty where there is none. */
  ofAnswer(request: Request, asked: string, answer: NotPassed): Problem {
    if (answer.status === 'malformed')
      return this.problem(request, 'INVALID_INPUT', asked ? `${asked}.error.malformed` : 'answer.nothing');
    if (answer.status === 'throttled') return this.ofWait(request, answer.until);
    if (answer.status === 'stale') return this.ofUsed(request, answer.kind);
    return this.ofRefusal(request, answer);
  }

  /** The refusal of a proof at set-up: no count to speak of, and a hint in both directions. */
  ofSetUp(request: Request, kind: string, refused: Extract<Enrolled, { ok: false }>): Problem {
    if (refused.reason === 'malformed')
      return this.problem(request, 'INVALID_INPUT', `${kind}.error.malformed`);
    if (refused.reason === 'used') return this.ofUsed(request, kind);
    const key = refused.hint ? this.hintKey(kind, refused.hint) : `${kind}.error.wrong`;
    return this.problem(request, 'PROOF_REFUSED', key, { values: refused.hint, extra: { reason: 'wrong' } });
  }

  /** Nothing is looked at before `until` (UTC ms); null: not before another kind, or staff, clears it. */
  ofWait(request: Request, until: number | null): Problem {
    if (until === null)
      return this.problem(request, 'TOO_MANY_ATTEMPTS', 'answer.stopped', { extra: { retryAfter: A_DAY } });
    const retryAfter = Math.max(1, Math.ceil((until - this.clock.now()) / 1000));
    const minutes = Math.ceil(retryAfter / 60);
    return this.problem(request, 'TOO_MANY_ATTEMPTS', 'answer.wait', {
      values: { minutes },
      extra: { retryAfter },
    });
  }

  /** A message with a code that is not sent yet, in the words of its channel. */
  ofSending(request: Request, later: Extract<Sent, { status: 'later' }>): Problem {
    if ('shut' in later) return this.ofWait(request, later.until);
    const retryAfter = Math.max(1, Math.ceil((later.until - this.clock.now()) / 1000));
    const minutes = Math.ceil(retryAfter / 60);
    const key = `sending.${later.channel}.${minutes === 1 ? 'soon' : 'later'}`;
    return this.problem(request, 'TOO_MANY_ATTEMPTS', key, { values: { minutes }, extra: { retryAfter } });
  }

  /** A refusal in the reader's words; `extra` is for programs. */
  problem(request: Request, code: ProblemCode, key: string, { values, extra }: Facts = {}): Problem {
    return new Problem(code, this.text(request, key, values), extra);
  }

  text(request: Request, key: string, values: View = {}): string {
    return this.translator.text(request, key, values);
  }

  /** It answers another question than the one that is asked now. */
  private ofUsed(request: Request, kind: string): Problem {
    return this.problem(request, 'PROOF_REFUSED', `${kind}.error.used`, { extra: { reason: 'used' } });
  }

  private ofRefusal(
    request: Request,
    { kind, reason, hint }: Extract<NotPassed, { status: 'refused' }>,
  ): Problem {
    const key = hint && reason === 'wrong' ? this.hintKey(kind, hint) : `${kind}.error.${reason}`;
    return this.problem(request, 'PROOF_REFUSED', key, { values: hint, extra: { reason } });
  }

  /** A hint's own name is the end of its text's key: `{ minutesSlow: 3 }` reads `<kind>.hint.minutesSlow`. */
  private hintKey(kind: string, hint: View): string {
    return `${kind}.hint.${Object.keys(hint)[0] ?? 'none'}`;
  }
}
