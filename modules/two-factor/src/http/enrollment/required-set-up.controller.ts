import { Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Enroller } from '../../core/enrollment/enrolment.js';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import type { Held } from '../../core/login/held-logins.js';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { Addresses } from '../response/addresses.js';
import { CodesPage } from './codes.page.js';
import { Form, SharedForm, type SharedBody } from '../forms/form.decorator.js';
import { EnrolForm, SetUpForm } from '../forms/forms.js';
import { RequiredSetUpGuard } from '../guards/held.guard.js';
import { HeldGuest } from '../request/guests.js';
import type { Reply } from '../response/reply.js';
import { Room } from '../guards/room.decorator.js';
import { SetUp } from './set-up.js';

/** Set-up that policy asks for between password and session. */
@Room('login/enrol', 'held', RequiredSetUpGuard)
export class RequiredSetUpController {
  constructor(
    private readonly setUp: SetUp,
    private readonly codes: CodesPage,
    private readonly sessions: LoginSession,
    private readonly registry: FactorRegistry,
    private readonly addresses: Addresses,
  ) {}

  /** The first kind; its page leads to the others. */
  @Get()
  begin(@HeldGuest() { account }: Held): Reply {
    const kinds = this.registry.offered(account).map(({ card }) => card.kind);
    return { to: this.addresses.setUp(true, kinds[0]), json: { kinds } };
  }

  @Get(':kind')
  intro(@HeldGuest() held: Held, @Param('kind') kind: string): Reply {
    return this.setUp.intro({ who: enroller(held), kind });
  }

  @Post(':kind/setup')
  start(
    @Req() request: Request,
    @HeldGuest() held: Held,
    @Param('kind') kind: string,
    @SharedForm(SetUpForm) shared: SharedBody<SetUpForm>,
  ): Promise<Reply> {
    const place = { who: { ...enroller(held), reach: 'full' }, kind } as const;
    return this.setUp.start(request, place, this.setUp.bodyOf(shared, kind));
  }

  @Get(':kind/setup')
  show(@HeldGuest() held: Held, @Param('kind') kind: string): Promise<Reply> {
    return this.setUp.show({ who: enroller(held), kind });
  }

  @Post(':kind/confirm')
  async confirm(
    @Req() request: Request,
    @HeldGuest() held: Held,
    @Param('kind') kind: string,
    @Form(EnrolForm) form: EnrolForm,
  ): Promise<Reply> {
    const enrolment = await this.setUp.confirm(request, { who: enroller(held), kind }, form);
    if (!('factor' in enrolment)) return enrolment;
    const { to } = await this.sessions.complete(request, 'proved');
    return this.codes.afterSetUp(request, held.account, enrolment, to);
  }
}

function enroller({ account, standing, key, ref }: Held): Enroller {
  return { account, standing, key, held: ref };
}
