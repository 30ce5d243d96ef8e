import { Get, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import type { Confirmation } from '../../core/step-up/confirmations.js';
import { StepUp, type StepUpResult } from '../../core/step-up/step-up.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { ConfirmPage } from './confirm.page.js';
import { Form } from '../forms/form.decorator.js';
import { ConfirmForm, proofOf } from '../forms/forms.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { CurrentSubject, signedInOf } from '../request/request-context.js';
import { originOf } from '../request/origin-of.js';
import type { Reply } from '../response/reply.js';
import { prefersJson, Responder } from '../response/responder.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { textOf } from '../request/text-of.js';
import { carryOut, isReading } from './kept-request.js';

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
    private readonly responder: Responder,
  ) {}

  @Get()
  async ask(
    @Req() request: Request,
    @Query('returnTo') returnTo: unknown,
    @Query('kind') kind: unknown,
    @Query('act') act: unknown,
  ): Promise<Reply> {
    const who = signedInOf(request);
    const place = { returnTo: textOf(returnTo), act: textOf(act) };
    const confirmation = await this.page.find(who, place);
    if (confirmation === 'ended') return this.page.ended(request, place);
    return this.page.render(who, { ...place, confirmation, asked: textOf(kind) });
  }

  /** It sends its answer itself, because the answer may be that of the action. */
  @Post()
  async confirm(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSubject() who: StepUpContext,
    @Form(ConfirmForm) form: ConfirmForm,
  ): Promise<void> {
    const reply = await this.answer(request, response, who, form);
    if (reply) response.send(await this.responder.body(request, response, reply));
  }

  /** Null: the action has answered. */
  private async answer(
    request: Request,
    response: Response,
    who: StepUpContext,
    form: ConfirmForm,
  ): Promise<Reply | null> {
    const place = { returnTo: form.returnTo, act: form.act };
    const confirmation = await this.page.find(who, place);
    if (confirmation === 'ended') return this.page.ended(request, place);
    const asked = this.page.kindOf(who, form.kind);
    const given = { password: form.password ?? '', asked, proof: proofOf(form), confirmation };
    const confirmed = await this.stepUp.confirm(who, given, originOf(request, who.session.account));
    if (confirmed.status === 'void' && confirmation) return this.page.ended(request, place);
    if (confirmed.status !== 'passed')
      return this.page.renderAgain(request, who, { ...place, confirmation, asked }, confirmed);
    await this.sessions.renew(request);
    return this.goOn(request, response, confirmed, { who, confirmation, returnTo: form.returnTo });
  }

  /** A program sends its request again. For people it is carried out, and a page that they wanted is opened. */
  private async goOn(
    request: Request,
    response: Response,
    { freshUntil }: Extract<StepUpResult, { status: 'passed' }>,
    confirmed: Confirmed,
  ): Promise<Reply | null> {
    const json = { freshUntil: new Date(freshUntil).toISOString() };
    const kept = confirmed.confirmation?.request;
    const isPosted = kept && !prefersJson(request) && !isReading(kept);
    if (!isPosted || !(await this.continues(request, confirmed)))
      return { to: this.nextAddress(confirmed), json };
    await carryOut(request, response, kept);
    return null;
  }

  /** The page that was wanted, or the one with the form. */
  private nextAddress({ confirmation, returnTo }: Confirmed): string {
    const kept = confirmation?.request;
    if (kept && isReading(kept)) return this.routes.local(kept.url);
    return this.routes.onward(returnTo ?? confirmation?.act?.page);
  }

  /**
   * Whether this request still has its session under the new id. Where a host knows the session only by the cookie that the
   * browser sends next, the person presses the button again, and the step-up opens it.
   */
  private async continues(request: Request, { who }: Confirmed): Promise<boolean> {
    return (await this.sessions.current(request))?.key === who.session.key;
  }
}

/** The person who confirmed, and what. */
interface Confirmed {
  readonly who: StepUpContext;
  readonly confirmation: Confirmation | null;
  readonly returnTo: string | undefined;
}
