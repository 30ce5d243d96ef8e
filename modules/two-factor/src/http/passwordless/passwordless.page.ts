import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Policy } from '../../core/login/policy.js';
import { LoginSession, type ProvedLogin } from '../../core/contracts/ports/login-session.js';
import { StepUpTokens } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { markVerified } from './verified-mark.js';
import type { Reply } from '../response/reply.js';
import { ProblemMessages, type NotPassed } from '../challenge/problem-messages.js';

/** The answers of a sign-in without a password. */
@Injectable()
export class PasswordlessPage {
  constructor(
    private readonly sessions: LoginSession,
    private readonly routes: Routes,
    private readonly problemMessages: ProblemMessages,
    private readonly stepUpTokens: StepUpTokens,
    private readonly policy: Policy,
  ) {
    if (policy.invites && !sessions.begin)
      throw new Error('passwordless needs a LoginSession that can begin a sign-in: give it a begin().');
  }

  /** Runs the host's other login gates; our gate is skipped because both factors were verified. */
  async goOn(request: Request, proved: ProvedLogin, returnTo: string | undefined): Promise<Reply> {
    markVerified(request, proved.account);
    const begun = await this.sessions.begin?.(request, proved, returnTo);
    if (!begun) throw new Error('Nothing was begun: this LoginSession has no begin().');
    // Both factors were proved just now: a proof for the person's own settings.
    if (!this.policy.strict) await this.stepUpTokens.grantSignIn(request, proved.version);
    return { to: begun.to, json: { status: begun.status } };
  }

  /** The refusal, with a redirect to the sign-in page. */
  refused(request: Request, kind: string, answer: NotPassed): Reply {
    const problem = this.problemMessages.ofAnswer(request, kind, answer);
    const model = { error: problem.message, login: this.routes.login() };
    return { page: { view: 'passwordless/refused', model }, json: problem };
  }
}
