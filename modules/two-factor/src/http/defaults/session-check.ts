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

/** Whether this host lets the module compare its sessions. */
export function isChecked(sessions: LoginSession): sessions is CheckedSessions {
  return sessions.check !== undefined;
}

/** Compares the session of each request. A request with an ended session becomes anonymous. */
export class SessionCheck implements NestMiddleware, CanActivate {
  constructor(private readonly sessions: CheckedSessions) {}

  /** Runs before every guard, where passport ran before it. */
  use(request: Request, _response: unknown, next: (error?: unknown) => void): void {
    this.sessions.check(request).then(() => next(), next);
  }

  /** Runs after the host's guards, for hosts that install passport after this package's middleware. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    if (await this.sessions.check(context.switchToHttp().getRequest<HostRequest>())) return true;
    throw new UnauthorizedException('This session has ended. Sign in again.');
  }
}
