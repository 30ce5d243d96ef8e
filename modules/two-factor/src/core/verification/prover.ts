import { Injectable } from '@nestjs/common';
import { Acceptance, type Accepted, type Settle } from './acceptance.js';
import type { Account } from '../common/account.js';
import { Attempts, type Charge, type Missed, type Place } from '../rate-limits/attempts.js';
import { Problem } from '../common/errors.js';
import type { FactorData, Proof, Refused, View } from '../contracts/factor.js';
import type { Kind } from '../accounts/factor-registry.js';
import { Judge, type Recalled } from './judge.js';
import type { Origin } from '../common/origin.js';
import { stampOf, Standings, type Standing } from '../accounts/standing.js';
import { isTrouble, Troubles } from './troubles.js';

/** How often a right answer that lost a race is read and judged again. */
const MAX_RACES = 12;

/** An answer to a challenge or a step-up. */
export interface Question {
  readonly account: Account;
  readonly standing: Standing;
  /** The kind that was asked for. */
  readonly asked: string;
  readonly proof: Proof;
  readonly place: Place;
  readonly origin: Origin;
  /** What the question left for its answer, where that is not kept with us. */
  readonly memo?: FactorData | undefined;
  /** Can it still be answered? Asked before each look, where that is not kept with the place. */
  readonly isOpen?: () => Promise<boolean>;
}

/** A well-formed answer that was looked at and not taken. All but `used` were counted. */
export interface Refusal {
  readonly status: 'refused';
  readonly kind: string;
  readonly reason: Exclude<Refused, 'malformed'>;
  readonly hint?: View;
}

/** What became of an answer. Only `passed` let anything happen. */
export type Answer =
  | ({ readonly status: 'passed' } & Accepted)
  | (Refusal & Partial<Missed>)
  | { readonly status: 'malformed' }
  /** Not looked at, not counted, not told: it answers another question than the newest one here, or comes a second time. */
  | { readonly status: 'stale'; readonly kind: string }
  /** Not looked at. `until` (UTC ms): not before; null: shut until another kind or staff clears it. */
  | { readonly status: 'throttled'; readonly kind: string; readonly until: number | null }
  /** What was answered is no more: used, ended, or the account changed meanwhile. */
  | { readonly status: 'void' };

/** The one place that takes answers: charge, judge (no database), accept. */
@Injectable()
export class Prover {
  constructor(
    private readonly judge: Judge,
    private readonly attempts: Attempts,
    private readonly standings: Standings,
    private readonly acceptance: Acceptance,
    private readonly troubles: Troubles,
  ) {}

  /** @throws Problem UNAVAILABLE when the answer could not be judged; it is then not counted. */
  async prove(question: Question, settle: Settle): Promise<Answer> {
    const { account, standing, origin } = question;
    if (standing.damaged) return this.troubles.refuseDamaged({ accountId: account.id, origin });
    const kind = this.judge.kindOf(question.asked, question.proof, question);
    if (!kind) return { status: 'malformed' };
    const taken = question.memo ? {} : await this.taken(question, kind);
    if (!taken) return { status: 'stale', kind: kind.card.kind };
    return this.charged({ ...question, ...taken }, kind, settle);
  }

  /** Before anything is counted: of answers to one question, only one is ever charged for. */
  private async taken(question: Question, kind: Kind): Promise<Partial<Recalled> | undefined> {
    try {
      return await this.judge.take(kind, question.proof, question);
    } catch (error) {
      throw await this.problem(error, question);
    }
  }

  private async charged(question: Question, kind: Kind, settle: Settle): Promise<Answer> {
    const { guessable } = kind.card;
    const charge = await this.attempts.charge(guessable, question.place);
    if (!charge.charged) return notLookedAt(kind, charge);
    const answer = await this.orGiveBack(question, kind, settle);
    if (answer.status === 'refused' && answer.reason !== 'used') {
      return { ...answer, ...(await this.attempts.missed(guessable, question.place)) };
    }
    if (answer.status !== 'passed') await this.attempts.giveBack(guessable, question.place);
    return answer;
  }

  private async orGiveBack(question: Question, kind: Kind, settle: Settle): Promise<Answer> {
    try {
      return await this.judged(question, kind, settle);
    } catch (error) {
      await this.attempts.giveBack(kind.card.guessable, question.place);
      throw await this.problem(error, question);
    }
  }

  private async problem(error: unknown, { account, origin }: Question): Promise<unknown> {
    return isTrouble(error) ? this.troubles.of(error, { accountId: account.id, origin }) : error;
  }

  private async judged(question: Question, kind: Kind, settle: Settle): Promise<Answer> {
    const recalled = await this.judge.recall(kind, question);
    const standing = isGone(kind, recalled)
      ? await this.standings.of(question.account.id)
      : question.standing;
    return this.raced({ ...question, ...recalled, standing }, kind, settle);
  }

  /** A lost race is read and judged again: a right answer is never refused for having been slower. */
  private async raced(question: Question & Partial<Recalled>, kind: Kind, settle: Settle): Promise<Answer> {
    let { standing } = question;
    for (let race = 0; race < MAX_RACES; race += 1) {
      if (question.isOpen && !(await question.isOpen())) return { status: 'void' };
      const judgement = await this.judge.judge(kind, question.proof, standing.factors, question.memo);
      if (!judgement.ok) return refusalOf(kind, judgement);
      const accepted = await this.acceptance.accept({ ...question, kind, proved: judgement.proved }, settle);
      if (accepted === 'void') return { status: 'void' };
      if (accepted !== 'lost') return { ...accepted, status: 'passed' };
      standing = await this.standings.of(question.account.id);
      if (changed(question, standing)) return { status: 'void' };
    }
    throw new Problem('UNAVAILABLE', 'Too many answers for this account at once. Try again.', {
      retryAfter: 1,
    });
  }
}

/** No mailed question is open here: where a twin of this answer was a moment faster, the record says so by now. */
function isGone(kind: Kind, recalled: Recalled | undefined): boolean {
  return !recalled && kind.role === 'primary' && kind.act.delivery !== undefined;
}

function notLookedAt({ card }: Kind, { ended, until }: Extract<Charge, { charged: false }>): Answer {
  return ended ? { status: 'void' } : { status: 'throttled', kind: card.kind, until };
}

function refusalOf({ card }: Kind, judgement: { reason: Refused; hint?: View }): Answer {
  const { reason, hint } = judgement;
  return reason === 'malformed'
    ? { status: 'malformed' }
    : { status: 'refused', kind: card.kind, reason, hint };
}

function changed({ account, standing }: Question, now: Standing): boolean {
  return stampOf(account, now.set) !== stampOf(account, standing.set);
}
