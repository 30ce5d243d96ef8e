import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { LoginSession } from '../../core/contracts/ports/login-session.js';
import { Standings } from '../../core/accounts/standing.js';
import { Addresses } from '../response/addresses.js';
import { Detour } from '../response/detour.js';
import { letIn } from '../request/guests.js';

/** Admits signed-in people. A pending login is redirected to the page where it continues. */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(
    private readonly sessions: LoginSession,
    private readonly standings: Standings,
    private readonly addresses: Addresses,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const session = await this.sessions.current(request);
    if (!session) throw await this.notSignedIn(request);
    const standing = await this.standings.of(session.account.id);
    letIn(request, { signedIn: { session, standing } });
    return true;
  }

  private async notSignedIn(request: Request): Promise<Detour> {
    const held = await this.sessions.held(request);
    const back = request.method === 'GET' ? request.originalUrl : this.addresses.security();
    const to = held ? this.addresses.challenge() : this.addresses.login(back);
    return new Detour('NOT_SIGNED_IN', 'Sign in first.', to);
  }
}
