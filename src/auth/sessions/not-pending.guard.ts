import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { InstalledModules } from '../../portal/modules/modules.js';
import { PortalProblem, SeeOther } from '../../portal/problems/problem.js';
import { pendingSession } from './current-session.js';

/** Redirects a pending login to the page where it continues or is cancelled. No other page is open to it. */
@Injectable()
export class NotPendingGuard implements CanActivate {
  constructor(private readonly modules: InstalledModules) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (!pendingSession(request)) return true;
    const problem = new PortalProblem('NOT_SIGNED_IN', 'This sign-in is not finished.');
    throw new SeeOther(this.modules.waiting(request) ?? '/login', problem);
  }
}
