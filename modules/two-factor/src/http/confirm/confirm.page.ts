import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { PosedChallenge } from '../../core/challenges/code-delivery.js';
import { Problem } from '../../core/common/errors.js';
import type { View } from '../../core/contracts/factor.js';
import { PasswordCheck } from '../../core/step-up/password-check.js';
import type { StepUpResult } from '../../core/step-up/step-up.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { ChallengePage, withButton } from '../challenge/challenge.page.js';
import type { Reply } from '../response/reply.js';
import { ProblemMessages } from '../challenge/problem-messages.js';

/** The confirm page: the password, then the same question as at sign-in if the account has a factor. */
@Injectable()
export class ConfirmPage {
  constructor(
    private readonly challenge: ChallengePage,
    private readonly passwordCheck: PasswordCheck,
    private readonly routes: Routes,
    private readonly problemMessages: ProblemMessages,
  ) {}

  /** After a refusal, an open question is kept and no new one is created. A JSON client gets only the problem. */
  async render(
    who: StepUpContext,
    returnTo?: string,
    asked?: string,
    again: ConfirmRetry = {},
  ): Promise<Reply> {
    const { problem } = again;
    if (!problem) return this.shown(who, returnTo, asked, again);
    return { page: async () => (await this.shown(who, returnTo, asked, again)).page, json: problem };
  }

  private async shown(
    { session, accountState }: StepUpContext,
    returnTo: string | undefined,
    asked: string | undefined,
    { problem, late }: ConfirmRetry,
  ) {
    const posed = posedAt({ session, accountState });
    const question = accountState.enabled
      ? await this.challenge.question(posed, asked, problem !== undefined)
      : undefined;
    const others = question?.others.map((kind) => ({ kind, href: this.routes.confirm(returnTo, kind) }));
    const model = {
      ...question,
      ...errorsOf(problem),
      sending: withButton(question?.sending, this.routes.confirmResend(), late),
      others,
      returnTo,
      username: session.account.email,
      passwordAsked: this.passwordCheck.isAvailable,
      action: this.routes.confirm(),
      leave: this.routes.local(returnTo),
    };
    return { page: { view: 'confirm/confirm', model }, json: late ?? jsonOf(question) };
  }

  kindOf({ session, accountState }: StepUpContext, asked?: string): string {
    return this.challenge.kindOf({ account: session.account, accountState }, asked);
  }

  /** The reason why a step-up was refused. */
  refusal(request: Request, asked: string, confirmed: Exclude<StepUpResult, { status: 'passed' }>): Problem {
    if (confirmed.status === 'void')
      return this.problemMessages.problem(request, 'CONFLICT', 'answer.changed');
    if (confirmed.status !== 'password') return this.problemMessages.ofAnswer(request, asked, confirmed);
    if (confirmed.until !== undefined) return this.problemMessages.ofWait(request, confirmed.until);
    return this.problemMessages.problem(request, 'INVALID_CREDENTIALS', 'confirm.wrong-password');
  }
}

/** The question for a signed-in person. */
export function posedAt({ session: { account, key }, accountState }: StepUpContext): PosedChallenge {
  return { account, accountState, place: { accountId: account.id, key } };
}

/** The values that the page shows again. */
interface ConfirmRetry {
  readonly problem?: Problem;
  /** Why no other code was sent. */
  readonly late?: Problem;
}

function jsonOf(question: Awaited<ReturnType<ChallengePage['question']>> | undefined): View {
  if (!question) return { kinds: [] };
  return { kinds: question.kinds, question: { ...question.json, kind: question.kind } };
}

/** Puts the error at its field. */
function errorsOf(problem: Problem | undefined) {
  if (problem?.code === 'INVALID_CREDENTIALS') return { passwordError: problem.message };
  return { error: problem?.message };
}
