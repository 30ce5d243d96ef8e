import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CheckUpReader, type FactorCheckUp } from '../../core/check-up/check-up-reader.js';
import type { CheckUpResult } from '../../core/check-up/check-ups.js';
import type { Problem } from '../../core/common/errors.js';
import { SessionProof } from '../../core/step-up/session-proof.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { ChallengePage } from '../challenge/challenge.page.js';
import { ProblemMessages } from '../challenge/problem-messages.js';
import { posedAt } from '../confirm/confirm.page.js';
import type { Page, Reply } from '../response/reply.js';
import { Routes } from '../response/routes.js';

/** The page of a check-up. It asks for the kind that is due; the others are links. */
@Injectable()
export class CheckUpPage {
  constructor(
    private readonly reader: CheckUpReader,
    private readonly sessionProof: SessionProof,
    private readonly challenge: ChallengePage,
    private readonly problemMessages: ProblemMessages,
    private readonly routes: Routes,
  ) {}

  async render(who: StepUpContext, asked?: string): Promise<Reply> {
    const { factors } = await this.reader.of(who.session.account, who.accountState);
    const due = factors.find(({ isAsked }) => isAsked)?.kind;
    return { page: () => this.shown(who, asked ?? due), json: { factors: factors.map(factorJson) } };
  }

  kindOf(who: StepUpContext, asked?: string): string {
    return this.challenge.kindOf(posedAt(this.provable(who)), asked);
  }

  /** The answer to a check. */
  after(request: Request, who: StepUpContext, asked: string, result: CheckUpResult): Reply {
    if (result.status === 'passed')
      return { to: this.routes.security('checked'), json: { status: 'passed', kind: result.kind } };
    const problem = this.problem(request, asked, result);
    return { page: () => this.shown(who, asked, problem), json: problem };
  }

  private problem(
    request: Request,
    asked: string,
    result: Exclude<CheckUpResult, { status: 'passed' }>,
  ): Problem {
    if (result.status === 'void') return this.problemMessages.problem(request, 'CONFLICT', 'answer.changed');
    // Without a time: a right code at the next sign-in ends it.
    if (result.status === 'throttled' && result.until === null)
      return this.problemMessages.problem(request, 'TOO_MANY_ATTEMPTS', 'check-up.enough');
    return this.problemMessages.ofAnswer(request, asked, result);
  }

  private provable(who: StepUpContext): StepUpContext {
    return { ...who, accountState: this.sessionProof.provable(who) };
  }

  private async shown(who: StepUpContext, asked: string | undefined, problem?: Problem): Promise<Page> {
    const links = { action: this.routes.checkUp(), security: this.routes.security() };
    const provable = this.provable(who);
    if (provable.accountState.factors.length === 0) return { view: 'check-up/none', model: links };
    const question = await this.challenge.question(posedAt(provable), asked, problem !== undefined);
    const model = {
      ...question,
      ...links,
      error: problem?.message,
      others: question.others.map((kind) => ({ kind, href: this.routes.checkUp(kind) })),
    };
    return { view: 'check-up/answer', model };
  }
}

function factorJson({ factorId, kind, label, state, provedAt, isAsked }: FactorCheckUp) {
  const at = provedAt === null ? null : new Date(provedAt).toISOString();
  return { id: factorId, kind, label, state, provedAt: at, asked: isAsked };
}
