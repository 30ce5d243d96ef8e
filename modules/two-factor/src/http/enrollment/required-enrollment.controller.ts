import { Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { ConfirmingSubject } from '../../core/enrollment/enrollment-commit.js';
import type { ActivePendingLogin } from '../../core/login/pending-logins.js';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { CodesPage } from './codes.page.js';
import { Form, SharedForm, type SharedBody } from '../forms/form.decorator.js';
import { EnrollForm, SetUpForm } from '../forms/forms.js';
import { RequiredSetUpGuard } from '../guards/pending-login.guard.js';
import { CurrentPendingLogin } from '../request/request-context.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { SetUp } from './enrollment.page.js';
import { SetUpPage } from './set-up.page.js';

/** The enrollment that policy requires between password and session. */
@GuardedController('login/enrol', 'pending', RequiredSetUpGuard)
export class RequiredSetUpController {
  constructor(
    private readonly setUp: SetUp,
    private readonly page: SetUpPage,
    private readonly codes: CodesPage,
    private readonly sessions: LoginSession,
  ) {}

  /** The first kind; its page leads to the others. */
  @Get()
  begin(@CurrentPendingLogin() { account }: ActivePendingLogin): Reply {
    return this.page.first(account);
  }

  @Get(':kind')
  intro(@CurrentPendingLogin() pending: ActivePendingLogin, @Param('kind') kind: string): Reply {
    return this.page.intro({ who: enroller(pending), kind });
  }

  @Post(':kind/setup')
  start(
    @Req() request: Request,
    @CurrentPendingLogin() pending: ActivePendingLogin,
    @Param('kind') kind: string,
    @SharedForm(SetUpForm) shared: SharedBody<SetUpForm>,
  ): Promise<Reply> {
    const place = { who: { ...enroller(pending), scope: 'full' }, kind } as const;
    return this.setUp.start(request, place, this.setUp.bodyOf(shared, kind));
  }

  @Get(':kind/setup')
  show(
    @Req() request: Request,
    @CurrentPendingLogin() pending: ActivePendingLogin,
    @Param('kind') kind: string,
  ): Promise<Reply> {
    return this.page.show(request, { who: enroller(pending), kind });
  }

  @Post(':kind/confirm')
  async confirm(
    @Req() request: Request,
    @CurrentPendingLogin() pending: ActivePendingLogin,
    @Param('kind') kind: string,
    @Form(EnrollForm) form: EnrollForm,
  ): Promise<Reply> {
    const enrolled = await this.setUp.confirm(request, { who: enroller(pending), kind }, form);
    if (!('factor' in enrolled)) return enrolled;
    const { status, to } = await this.sessions.completeLogin(request);
    if (status === 'pending') return this.codes.beforeNextGate(request, pending.account, enrolled, to);
    return this.codes.afterSetUp(enrolled, to);
  }
}

function enroller({ account, accountState, key, ref }: ActivePendingLogin): ConfirmingSubject {
  return { account, accountState, key, pending: ref };
}
