import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { AccountStateReader } from '../../core/accounts/account-state.js';
import { Routes } from '../response/routes.js';
import { RedirectProblem } from '../response/redirect-problem.js';
import { OpenedFor } from '../request/opened-for.js';
import { setSubject } from '../request/request-context.js';

/** Admits signed-in people. A pending login is redirected to the page where it continues. */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(
    private readonly sessions: LoginSession,
    private readonly accountStateReader: AccountStateReader,
    private readonly openedFor: OpenedFor,
    private readonly routes: Routes,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const session = await this.sessions.current(request);
    if (!session) throw await this.notSignedIn(request);
    const accountState = await this.accountStateReader.load(session.account.id);
    setSubject(request, { signedIn: { session, accountState } });
    this.openedFor.check(request, session.account, 'signed-in');
    return true;
  }

  private async notSignedIn(request: Request): Promise<RedirectProblem> {
    const pending = await this.sessions.pending(request);
    const back = request.method === 'GET' ? request.originalUrl : this.routes.security();
    const to = pending ? this.routes.challenge() : this.routes.login(back);
    return new RedirectProblem('NOT_SIGNED_IN', 'Sign in first.', to);
  }
}
