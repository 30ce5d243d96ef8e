import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { PendingLogins } from '../../core/login/pending-logins.js';
import { LoginSession, type PendingLogin } from '../../core/contracts/ports/login-session.js';
import { Routes } from '../response/routes.js';
import { AfterSetUp } from '../response/after-set-up.js';
import { RedirectProblem } from '../response/redirect-problem.js';
import { OpenedFor } from '../request/opened-for.js';
import { setSubject } from '../request/request-context.js';

/** Admits a valid pending login in the state that its routes are for. All other requests are redirected to the right page. */
@Injectable()
abstract class PendingLoginGuard implements CanActivate {
  protected abstract readonly state: PendingLogin['state'] | 'any';

  constructor(
    private readonly sessions: LoginSession,
    private readonly pendingLogins: PendingLogins,
    private readonly afterSetUp: AfterSetUp,
    private readonly openedFor: OpenedFor,
    private readonly routes: Routes,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const parked = await this.sessions.pending(request);
    if (!parked) throw await this.notPending(request);
    const pending = await this.pendingLogins.find(parked);
    if (!pending) throw await this.ended(request);
    if (this.state !== 'any' && pending.state !== this.state) throw this.elsewhere(pending.state);
    setSubject(request, { pending });
    this.openedFor.check(request, pending.account, 'pending');
    return true;
  }

  /** A set-up that has just completed the sign-in leads to its result, also for a second request of its page. */
  private async notPending(request: Request): Promise<RedirectProblem> {
    const session = await this.sessions.current(request);
    const enrolled =
      session && this.state === 'enrol'
        ? await this.afterSetUp.address({ accountId: session.account.id, key: session.key })
        : null;
    const to = enrolled ?? (session ? this.routes.home() : this.routes.login());
    return new RedirectProblem('NOT_SIGNED_IN', 'Sign in with your password first.', to);
  }

  /** The stored pending login is dropped too, or the browser would be redirected here forever. */
  private async ended(request: Request): Promise<RedirectProblem> {
    const to = await this.sessions.abandon(request);
    return new RedirectProblem(
      'CHALLENGE_EXPIRED',
      'This sign-in has ended. Start again.',
      this.routes.ended(to),
    );
  }

  private elsewhere(state: PendingLogin['state']): RedirectProblem {
    const to = state === 'enrol' ? this.routes.setUp(true) : this.routes.challenge();
    return new RedirectProblem('NOT_SIGNED_IN', 'This sign-in waits for something else.', to);
  }
}

/** For pending logins that must answer a challenge. */
@Injectable()
export class ChallengeGuard extends PendingLoginGuard {
  protected readonly state = 'challenge';
}

/** For pending logins that must enroll a factor. */
@Injectable()
export class RequiredSetUpGuard extends PendingLoginGuard {
  protected readonly state = 'enrol';
}

/** For pending logins in either state. */
@Injectable()
export class AnyPendingLoginGuard extends PendingLoginGuard {
  protected readonly state = 'any';
}
