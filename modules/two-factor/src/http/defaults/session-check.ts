import {
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
  type NestMiddleware,
} from '@nestjs/common';
import type { Request } from 'express';
import type { HostRequest, LoginSession } from '../../core/contracts/ports/login-session.js';

/** Sessions that the module compares at each request. */
export type CheckedSessions = LoginSession & Required<Pick<LoginSession, 'check'>>;

/** Does this host leave the comparing to the module? */
export function isChecked(sessions: LoginSession): sessions is CheckedSessions {
  return sessions.check !== undefined;
}

/** Compares the session of each request: what has ended is a visitor's from here on. */
export class SessionCheck implements NestMiddleware, CanActivate {
  constructor(private readonly sessions: CheckedSessions) {}

  /** In front of every guard, where passport came before it. */
  use(request: Request, _response: unknown, next: (error?: unknown) => void): void {
    this.sessions.check(request).then(() => next(), next);
  }

  /** Behind the host's guards, for hosts whose passport comes only after this package's middleware. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    if (await this.sessions.check(context.switchToHttp().getRequest<HostRequest>())) return true;
    throw new UnauthorizedException('This session has ended. Sign in again.');
  }
}
