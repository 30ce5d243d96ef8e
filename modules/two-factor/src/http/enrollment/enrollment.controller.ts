import { Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { CodesPage } from './codes.page.js';
import { Form, SharedForm, type SharedBody } from '../forms/form.decorator.js';
import { OnwardEnrollForm, OnwardSetUpForm } from '../forms/forms.js';
import { ForAct, FreshGuard, NoStepUp, scopeOf } from '../confirm/fresh.guard.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { CurrentSubject } from '../request/request-context.js';
import { RecoveryPage } from './recovery.page.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { SetUp } from './enrollment.page.js';
import { SetUpPage, type SetUpPlace } from './set-up.page.js';
import { textOf } from '../request/text-of.js';

const ROOM = 'account/security/two-factor';

/** Enrollment by a signed-in person. The intro requires the step-up, so "Get Started" is pressed once. */
@GuardedController(ROOM, 'signed-in', SignedInGuard, FreshGuard)
export class SetUpController {
  constructor(
    private readonly setUp: SetUp,
    private readonly page: SetUpPage,
    private readonly recoveryPage: RecoveryPage,
    private readonly codes: CodesPage,
  ) {}

  @ForAct('set-up')
  @Get(':kind')
  intro(
    @CurrentSubject() who: StepUpContext,
    @Param('kind') kind: string,
    @Query('replaces') replaces: unknown,
    @Query('returnTo') returnTo: unknown,
  ): Promise<Reply> | Reply {
    if (this.recoveryPage.shows(kind)) return this.recoveryPage.render(who, kind, textOf(returnTo));
    return this.page.intro(placeOf(who, kind, textOf(returnTo)), { replaces: textOf(replaces) });
  }

  @ForAct('set-up')
  @Post(':kind/setup')
  start(
    @Req() request: Request,
    @CurrentSubject() who: StepUpContext,
    @Param('kind') kind: string,
    @SharedForm(OnwardSetUpForm) shared: SharedBody<OnwardSetUpForm>,
  ): Promise<Reply> {
    const body = this.setUp.bodyOf(shared, kind);
    const place = placeOf(who, kind, body.form.returnTo);
    return this.setUp.start(request, { ...place, who: { ...place.who, scope: scopeOf(request) } }, body);
  }

  /** The draft was started with a step-up and belongs to this session: its own expiry is the limit. */
  @NoStepUp()
  @Get(':kind/setup')
  show(
    @Req() request: Request,
    @CurrentSubject() who: StepUpContext,
    @Param('kind') kind: string,
    @Query('returnTo') returnTo: unknown,
  ): Promise<Reply> {
    return this.page.show(request, placeOf(who, kind, textOf(returnTo)));
  }

  @NoStepUp()
  @Post(':kind/confirm')
  async confirm(
    @Req() request: Request,
    @CurrentSubject() who: StepUpContext,
    @Param('kind') kind: string,
    @Form(OnwardEnrollForm) form: OnwardEnrollForm,
  ): Promise<Reply> {
    const enrolled = await this.setUp.confirm(request, placeOf(who, kind, form.returnTo), form);
    return 'factor' in enrolled ? this.codes.afterSetUp(enrolled, form.returnTo) : enrolled;
  }
}

function placeOf({ session, accountState }: StepUpContext, kind: string, returnTo?: string): SetUpPlace {
  return { who: { account: session.account, accountState, key: session.key }, kind, returnTo };
}
