import { Get, Param, Query } from '@nestjs/common';
import type { ActivePendingLogin } from '../../core/login/pending-logins.js';
import { GuardedController } from '../guards/guarded-controller.decorator.js';
import { AnyPendingLoginGuard, RequiredSetUpGuard } from '../guards/pending-login.guard.js';
import { SignedInGuard } from '../guards/signed-in.guard.js';
import { CurrentPendingLogin } from '../request/request-context.js';
import { textOf } from '../request/text-of.js';
import { RedirectProblem } from '../response/redirect-problem.js';
import { Routes } from '../response/routes.js';

/**
 * The addresses of a signed-in person's buttons. A reload or a restored tab opens them with GET: people go to the page with the button. For
 * programs there is nothing.
 */
@GuardedController('account', 'signed-in', SignedInGuard)
export class PagesOfActionsController {
  constructor(private readonly routes: Routes) {}

  @Get('confirm/resend')
  resend(): never {
    throw buttonOn(this.routes.confirm());
  }

  @Get('security/devices/:id/forget')
  forget(): never {
    throw buttonOn(this.routes.security());
  }

  @Get('check-up/later')
  checkUpLater(): never {
    throw buttonOn(this.routes.checkUp());
  }

  @Get('security/two-factor/disable')
  disable(): never {
    throw buttonOn(this.routes.security());
  }

  @Get('security/two-factor/factors/:id/rename')
  rename(): never {
    throw buttonOn(this.routes.security());
  }

  @Get('security/two-factor/factors/:id/remove')
  remove(): never {
    throw buttonOn(this.routes.security());
  }

  @Get('security/two-factor/:kind/confirm')
  confirm(@Param('kind') kind: string): never {
    throw buttonOn(this.routes.setUp(false, kind, '/setup'));
  }

  @Get('security/two-factor/:kind/saved')
  saved(@Param('kind') kind: string, @Query('returnTo') returnTo: unknown): never {
    throw buttonOn(this.routes.codes(kind, textOf(returnTo)));
  }
}

/** The same for a pending login. */
@GuardedController('login', 'pending', AnyPendingLoginGuard)
export class PagesOfPendingActionsController {
  constructor(private readonly routes: Routes) {}

  @Get('challenge/resend')
  resend(@CurrentPendingLogin() pending: ActivePendingLogin): never {
    throw buttonOn(this.pageOf(pending));
  }

  @Get('cancel')
  cancel(@CurrentPendingLogin() pending: ActivePendingLogin): never {
    throw buttonOn(this.pageOf(pending));
  }

  private pageOf({ state }: ActivePendingLogin): string {
    return state === 'enrol' ? this.routes.setUp(true) : this.routes.challenge();
  }
}

/** The same for a pending login that must enroll. */
@GuardedController('login/enrol', 'pending', RequiredSetUpGuard)
export class PagesOfSetUpController {
  constructor(private readonly routes: Routes) {}

  @Get(':kind/confirm')
  confirm(@Param('kind') kind: string): never {
    throw buttonOn(this.routes.setUp(true, kind, '/setup'));
  }
}

function buttonOn(page: string): RedirectProblem {
  return new RedirectProblem('NOT_FOUND', 'This address only takes what a form sends.', page);
}
