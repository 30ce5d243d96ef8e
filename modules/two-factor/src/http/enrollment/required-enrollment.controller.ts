import { Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { ConfirmingSubject } from '../../core/enrollment/enrollment.js';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import type { ActivePendingLogin } from '../../core/login/pending-logins.js';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { Routes } from '../response/routes.js';
import { CodesPage } from './codes.page.js';
import { Form, SharedForm, type SharedBody } from '../forms/form.decorator.js';
import { EnrollForm, SetUpForm } from '../forms/forms.js';
import { RequiredSetUpGuard } from '../guards/pending-login.guard.js';
import { CurrentPendingLogin } from '../request/request-context.js';
import type { Reply } from '../response/reply.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { SetUp } from './enrollment.page.js';

/** The enrollment that policy requires between password and session. */
@GuardedController('login/enrol', 'pending', RequiredSetUpGuard)
export class RequiredSetUpController {
  constructor(
    private readonly setUp: SetUp,
    private readonly codes: CodesPage,
    private readonly sessions: LoginSession,
    private readonly registry: FactorRegistry,
    private readonly routes: Routes,
  ) {}

  /** The first kind; its page leads to the others. */
  @Get()
  begin(@CurrentPendingLogin() { account }: ActivePendingLogin): Reply {
    const kinds = this.registry.offered(account).map(({ definition }) => definition.kind);
    return { to: this.routes.setUp(true, kinds[0]), json: { kinds } };
  }

  @Get(':kind')
  intro(@CurrentPendingLogin() pending: ActivePendingLogin, @Param('kind') kind: string): Reply {
    return this.setUp.intro({ who: enroller(pending), kind });
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
  show(@CurrentPendingLogin() pending: ActivePendingLogin, @Param('kind') kind: string): Promise<Reply> {
    return this.setUp.show({ who: enroller(pending), kind });
  }

  @Post(':kind/confirm')
  async confirm(
    @Req() request: Request,
    @CurrentPendingLogin() pending: ActivePendingLogin,
    @Param('kind') kind: string,
    @Form(EnrollForm) form: EnrollForm,
  ): Promise<Reply> {
    const enrollment = await this.setUp.confirm(request, { who: enroller(pending), kind }, form);
    if (!('factor' in enrollment)) return enrollment;
    const { to } = await this.sessions.completeLogin(request);
    return this.codes.afterSetUp(request, pending.account, enrollment, to);
  }
}

function enroller({ account, accountState, key, ref }: ActivePendingLogin): ConfirmingSubject {
  return { account, accountState, key, pending: ref };
}
