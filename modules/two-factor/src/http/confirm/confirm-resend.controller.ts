import { Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CodeDelivery } from '../../core/challenges/code-delivery.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { ChallengePage, sendingJson } from '../challenge/challenge.page.js';
import { ConfirmPage, posedAt } from './confirm.page.js';
import { Form } from '../forms/form.decorator.js';
import { OnwardResendForm } from '../forms/forms.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { CurrentSubject } from '../request/request-context.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { ProblemMessages } from '../challenge/problem-messages.js';

/** Sends a code for a step-up, the first or another one. */
@GuardedController('account/confirm/resend', 'signed-in', SignedInGuard)
export class ConfirmResendController {
  constructor(
    private readonly codeDelivery: CodeDelivery,
    private readonly challenge: ChallengePage,
    private readonly page: ConfirmPage,
    private readonly routes: Routes,
    private readonly problemMessages: ProblemMessages,
  ) {}

  @Post()
  async send(
    @Req() request: Request,
    @CurrentSubject() who: StepUpContext,
    @Form(OnwardResendForm) { kind: wanted, returnTo, act }: OnwardResendForm,
  ): Promise<Reply> {
    const confirmation = await this.page.find(who, { returnTo, act });
    if (confirmation === 'ended') return this.page.ended(request, { returnTo, act });
    const posed = posedAt(who);
    const kind = this.challenge.sentKindOf(posed, wanted);
    const sent = await this.codeDelivery.send(kind, posed, originOf(request, posed.account));
    if (sent.status === 'later')
      return this.page.render(
        who,
        { returnTo, confirmation, asked: kind },
        this.problemMessages.ofSending(request, sent),
      );
    const sending = await this.challenge.sending(kind, posed);
    return {
      to: this.routes.confirm({ returnTo, kind, act }),
      json: { ...sendingJson(sending), status: sent.status },
    };
  }
}
