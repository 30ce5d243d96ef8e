import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { RedirectProblem } from '../response/redirect-problem.js';
import { Routes } from '../response/routes.js';

/** Sends a browser with a pending login to the page where it continues or is cancelled. No other page is open to it. */
@Injectable()
export class NotPendingGuard implements CanActivate {
  constructor(
    private readonly sessions: LoginSession,
    private readonly routes: Routes,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    if (!(await this.sessions.pending(request))) return true;
    throw new RedirectProblem('NOT_SIGNED_IN', 'This sign-in is not finished.', this.routes.challenge());
  }
}
