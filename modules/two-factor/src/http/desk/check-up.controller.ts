import { Get, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CheckUps } from '../../core/check-up/check-ups.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Form } from '../forms/form.decorator.js';
import { AnswerForm, proofOf } from '../forms/forms.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { NoFields } from '../guards/no-fields.guard.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { originOf } from '../request/origin-of.js';
import { CurrentSubject } from '../request/request-context.js';
import { textOf } from '../request/text-of.js';
import type { Reply } from '../response/reply.js';
import { Routes } from '../response/routes.js';
import { CheckUpPage } from './check-up.page.js';

/** "Does it still work?": a signed-in person tries the app or a backup code, and nothing depends on it. */
@GuardedController('account/check-up', 'signed-in', SignedInGuard)
export class CheckUpController {
  constructor(
    private readonly checkUps: CheckUps,
    private readonly page: CheckUpPage,
    private readonly routes: Routes,
  ) {}

  @Get()
  show(@CurrentSubject() who: StepUpContext, @Query('kind') kind: unknown): Promise<Reply> {
    return this.page.render(who, textOf(kind));
  }

  @Post()
  async check(
    @Req() request: Request,
    @CurrentSubject() who: StepUpContext,
    @Form(AnswerForm) form: AnswerForm,
  ): Promise<Reply> {
    const asked = this.page.kindOf(who, form.kind);
    const origin = originOf(request, who.session.account);
    const result = await this.checkUps.check(who, { asked, proof: proofOf(form) }, origin);
    return this.page.after(request, who, asked, result);
  }

  /** "Not now": the card goes for some weeks. */
  @NoFields()
  @Post('later')
  async later(@CurrentSubject() who: StepUpContext): Promise<Reply> {
    await this.checkUps.later(who);
    return { to: this.routes.security('later'), json: { status: 'later' } };
  }
}
