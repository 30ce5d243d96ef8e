import { Get, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { CommitResult } from '../../core/verification/verification-commit.js';
import { Challenge, type ChallengeAnswer } from '../../core/login/challenge.js';
import type { ActivePendingLogin } from '../../core/login/pending-logins.js';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { Routes } from '../response/routes.js';
import { ChallengePage } from './challenge.page.js';
import { RedirectProblem } from '../response/redirect-problem.js';
import { rememberDevice } from './device-cookie.js';
import { Form } from '../forms/form.decorator.js';
import { ChallengeForm, proofOf } from '../forms/forms.js';
import { ChallengeGuard } from '../guards/pending-login.guard.js';
import { CurrentPendingLogin } from '../request/request-context.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { ProblemMessages, type NotPassed } from './problem-messages.js';

/** The challenge after the password. There is no session yet. */
@GuardedController('login', 'pending', ChallengeGuard)
export class ChallengeController {
  constructor(
    private readonly challenge: Challenge,
    private readonly page: ChallengePage,
    private readonly sessions: LoginSession,
    private readonly routes: Routes,
    private readonly problemMessages: ProblemMessages,
  ) {}

  @Get('challenge')
  ask(@CurrentPendingLogin() pending: ActivePendingLogin, @Query('kind') kind: unknown): Promise<Reply> {
    return this.page.render(pending, typeof kind === 'string' ? kind : undefined);
  }

  @Post('challenge')
  async answer(
    @Req() request: Request,
    @CurrentPendingLogin() pending: ActivePendingLogin,
    @Form(ChallengeForm) form: ChallengeForm,
  ): Promise<Reply> {
    const asked = this.page.kindOf(pending, form.kind);
    const given = { asked, proof: proofOf(form), trust: isYes(form.trustDevice) };
    const answer = await this.challenge.answer(pending, given, originOf(request, pending.account));
    if (answer.status === 'passed') {
      if (answer.device) rememberDevice(request, answer.device);
      return this.goOn(request, answer);
    }
    if (answer.status === 'void') throw await this.ended(request);
    return this.again(request, pending, given, answer);
  }

  private async goOn(request: Request, { kind, left }: CommitResult): Promise<Reply> {
    const { status, to } = await this.sessions.completeLogin(request);
    if (!left || status === 'pending') return { to, json: { status } };
    return {
      to: this.routes.setUp(false, kind, '', { returnTo: to }),
      json: { status, [left.field]: left.left },
    };
  }

  private async ended(request: Request): Promise<RedirectProblem> {
    const to = await this.sessions.abandon(request);
    return new RedirectProblem(
      'CHALLENGE_EXPIRED',
      'This sign-in has ended. Start again.',
      this.routes.ended(to),
    );
  }

  private async again(
    request: Request,
    pending: ActivePendingLogin,
    { asked, trust }: ChallengeAnswer,
    answer: NotPassed,
  ): Promise<Reply> {
    const problem = this.problemMessages.ofAnswer(request, asked, answer);
    if (answer.status !== 'refused' || !answer.spent)
      return this.page.render(pending, asked, { problem, trust });
    const to = await this.sessions.abandon(request);
    const others = answer.locked ? this.page.neverWaiting(pending) : [];
    const model = { error: problem.message, others, login: to };
    return { page: { view: 'challenge/spent', model }, json: problem };
  }
}

function isYes(given: string | boolean | undefined): boolean {
  return given === 'on' || String(given) === 'true';
}
