import { Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CodeDelivery } from '../../core/challenges/code-delivery.js';
import type { ActivePendingLogin } from '../../core/login/pending-logins.js';
import { Routes } from '../response/routes.js';
import { ChallengePage, posedTo, sendingJson } from './challenge.page.js';
import { Form } from '../forms/form.decorator.js';
import { ResendForm } from '../forms/forms.js';
import { ChallengeGuard } from '../guards/pending-login.guard.js';
import { CurrentPendingLogin } from '../request/request-context.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { ProblemMessages } from './problem-messages.js';

/** Sends a code for a pending login, the first or another one. */
@GuardedController('login/challenge/resend', 'pending', ChallengeGuard)
export class ResendController {
  constructor(
    private readonly codeDelivery: CodeDelivery,
    private readonly page: ChallengePage,
    private readonly routes: Routes,
    private readonly problemMessages: ProblemMessages,
  ) {}

  @Post()
  async send(
    @Req() request: Request,
    @CurrentPendingLogin() pending: ActivePendingLogin,
    @Form(ResendForm) form: ResendForm,
  ): Promise<Reply> {
    const kind = this.page.sentKindOf(pending, form.kind);
    const posed = posedTo(pending);
    const sent = await this.codeDelivery.send(kind, posed, originOf(request, pending.account));
    if (sent.status === 'later')
      return this.page.render(pending, kind, { late: this.problemMessages.ofSending(request, sent) });
    const sending = await this.page.sending(kind, posed);
    return {
      to: this.routes.challenge(kind),
      json: { ...sendingJson(sending), status: sent.status },
    };
  }
}
