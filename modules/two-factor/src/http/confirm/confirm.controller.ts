import { Get, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { StepUp, type StepUpResult } from '../../core/step-up/step-up.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { ConfirmPage } from './confirm.page.js';
import { Form } from '../forms/form.decorator.js';
import { ConfirmForm, proofOf } from '../forms/forms.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { CurrentSubject } from '../request/request-context.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { textOf } from '../request/text-of.js';

/**
 * The step-up ("Confirm it's you"): password and factor before a dangerous action. GET always shows the form, also after a
 * recent step-up.
 */
@GuardedController('account/confirm', 'signed-in', SignedInGuard)
export class ConfirmController {
  constructor(
    private readonly stepUp: StepUp,
    private readonly page: ConfirmPage,
    private readonly sessions: LoginSession,
    private readonly routes: Routes,
  ) {}

  @Get()
  ask(
    @CurrentSubject() who: StepUpContext,
    @Query('returnTo') returnTo: unknown,
    @Query('kind') kind: unknown,
  ): Promise<Reply> {
    return this.page.render(who, textOf(returnTo), textOf(kind));
  }

  @Post()
  async confirm(
    @Req() request: Request,
    @CurrentSubject() who: StepUpContext,
    @Form(ConfirmForm) form: ConfirmForm,
  ): Promise<Reply> {
    const asked = this.page.kindOf(who, form.kind);
    const given = { password: form.password ?? '', asked, proof: proofOf(form) };
    const confirmed = await this.stepUp.confirm(who, given, originOf(request, who.session.account));
    if (confirmed.status === 'passed') return this.goOn(request, confirmed, form.returnTo);
    const problem = this.page.refusal(request, asked, confirmed);
    return this.page.render(who, form.returnTo, asked, { problem });
  }

  private async goOn(
    request: Request,
    { freshUntil }: Extract<StepUpResult, { status: 'passed' }>,
    returnTo: string | undefined,
  ): Promise<Reply> {
    await this.sessions.renew(request);
    const to = this.routes.onward(returnTo);
    return { to, json: { freshUntil: new Date(freshUntil).toISOString() } };
  }
}
