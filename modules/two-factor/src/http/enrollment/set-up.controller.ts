import { Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { StepUps, type Confirmer } from '../../core/step-up/step-ups.js';
import { Addresses } from '../response/addresses.js';
import { CodesPage } from './codes.page.js';
import { Form, SharedForm, type SharedBody } from '../forms/form.decorator.js';
import { OnwardEnrolForm, OnwardSetUpForm } from '../forms/forms.js';
import { FreshGuard, ToSetUp, WithoutStepUp } from '../confirm/fresh.guard.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { SignedInGuest } from '../request/guests.js';
import { RecoveryPage } from './recovery.page.js';
import type { Reply } from '../response/reply.js';
import { Room } from '../guards/room.decorator.js';
import { SetUp, type SetUpPlace } from './set-up.js';
import { textOf } from '../request/text-of.js';

const ROOM = 'account/security/two-factor';

/** Set-up by somebody signed in: step-up at the intro, so that "Get Started" is pressed once. */
@Room(ROOM, 'signed-in', SignedInGuard, FreshGuard)
export class SetUpController {
  constructor(
    private readonly setUp: SetUp,
    private readonly recoveryPage: RecoveryPage,
    private readonly codes: CodesPage,
    private readonly stepUps: StepUps,
    private readonly addresses: Addresses,
  ) {}

  @ToSetUp()
  @Get(':kind')
  intro(
    @SignedInGuest() who: Confirmer,
    @Param('kind') kind: string,
    @Query('replaces') replaces: unknown,
    @Query('returnTo') returnTo: unknown,
  ): Promise<Reply> | Reply {
    if (this.recoveryPage.shows(kind)) return this.recoveryPage.of(who, kind, textOf(returnTo));
    return this.setUp.intro(placeOf(who, kind, textOf(returnTo)), textOf(replaces));
  }

  @ToSetUp()
  @Post(':kind/setup')
  async start(
    @Req() request: Request,
    @SignedInGuest() who: Confirmer,
    @Param('kind') kind: string,
    @SharedForm(OnwardSetUpForm) shared: SharedBody<OnwardSetUpForm>,
  ): Promise<Reply> {
    // The guard has just seen a reach; should it have ended since, the lesser one is left.
    const reach = (await this.stepUps.reach(who)) ?? 'replace';
    const body = this.setUp.bodyOf(shared, kind);
    const place = placeOf(who, kind, body.form.returnTo);
    return this.setUp.start(request, { ...place, who: { ...place.who, reach } }, body);
  }

  /** The draft was started with a step-up and belongs to this session: its own end is its limit. */
  @WithoutStepUp()
  @Get(':kind/setup')
  show(
    @SignedInGuest() who: Confirmer,
    @Param('kind') kind: string,
    @Query('returnTo') returnTo: unknown,
  ): Promise<Reply> {
    return this.setUp.show(placeOf(who, kind, textOf(returnTo)));
  }

  @WithoutStepUp()
  @Post(':kind/confirm')
  async confirm(
    @Req() request: Request,
    @SignedInGuest() who: Confirmer,
    @Param('kind') kind: string,
    @Form(OnwardEnrolForm) form: OnwardEnrolForm,
  ): Promise<Reply> {
    const enrolment = await this.setUp.confirm(request, placeOf(who, kind, form.returnTo), form);
    if (!('factor' in enrolment)) return enrolment;
    return this.codes.afterSetUp(
      request,
      who.session.account,
      enrolment,
      this.addresses.onward(form.returnTo),
    );
  }
}

function placeOf({ session, standing }: Confirmer, kind: string, returnTo?: string): SetUpPlace {
  return { who: { account: session.account, standing, key: session.key }, kind, returnTo };
}
