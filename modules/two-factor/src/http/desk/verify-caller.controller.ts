import { Get, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CallerChecks } from '../../core/caller-check/caller-checks.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Form } from '../forms/form.decorator.js';
import { CallerForm, proofOf } from '../forms/forms.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { originOf } from '../request/origin-of.js';
import { CurrentSubject } from '../request/request-context.js';
import { textOf } from '../request/text-of.js';
import type { Reply } from '../response/reply.js';
import { VerifyCallerPage } from './verify-caller.page.js';

/** "I am on the phone with support": the agent's name, the three words, and the confirmation. */
@GuardedController('account/verify-caller', 'signed-in', SignedInGuard)
export class VerifyCallerController {
  constructor(
    private readonly callerChecks: CallerChecks,
    private readonly page: VerifyCallerPage,
  ) {}

  @Get()
  show(
    @CurrentSubject() who: StepUpContext,
    @Query('kind') kind: unknown,
    @Query('done') done: unknown,
  ): Promise<Reply> {
    return this.page.render(who, { asked: textOf(kind), done: textOf(done) });
  }

  @Post()
  async answer(
    @Req() request: Request,
    @CurrentSubject() who: StepUpContext,
    @Form(CallerForm) form: CallerForm,
  ): Promise<Reply> {
    const origin = originOf(request, who.session.account);
    const { check = '', kind } = form;
    if (form.answer === 'deny')
      return this.page.denied(request, await this.callerChecks.deny(who, check, origin));
    const asked = this.page.kindOf(who, kind);
    const answer = { check, asked, proof: proofOf(form) };
    const result = await this.callerChecks.confirm(who, answer, origin);
    return this.page.after(request, who, asked, result);
  }
}
