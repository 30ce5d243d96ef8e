import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { HeldLogins } from '../../core/login/held-logins.js';
import { LoginSession, type HeldLogin } from '../../core/contracts/ports/login-session.js';
import { Addresses } from '../response/addresses.js';
import { Detour } from '../response/detour.js';
import { letIn } from '../request/guests.js';

/** Admits a valid pending login in the state that its routes are for. All other requests are redirected to the right page. */
@Injectable()
abstract class HeldGuard implements CanActivate {
  protected abstract readonly state: HeldLogin['state'] | 'any';

  constructor(
    private readonly sessions: LoginSession,
    private readonly heldLogins: HeldLogins,
    private readonly addresses: Addresses,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const parked = await this.sessions.held(request);
    if (!parked) throw await this.notHeld(request);
    const held = await this.heldLogins.find(parked);
    if (!held) throw await this.ended(request);
    if (this.state !== 'any' && held.state !== this.state) throw this.elsewhere(held.state);
    letIn(request, { held });
    return true;
  }

  private async notHeld(request: Request): Promise<Detour> {
    const to = (await this.sessions.current(request)) ? this.addresses.home() : this.addresses.login();
    return new Detour('NOT_SIGNED_IN', 'Sign in with your password first.', to);
  }

  /** The stored pending login is dropped too, or the browser would be redirected here forever. */
  private async ended(request: Request): Promise<Detour> {
    const { to } = await this.sessions.complete(request, 'abandoned');
    return new Detour('CHALLENGE_EXPIRED', 'This sign-in has ended. Start again.', this.addresses.ended(to));
  }

  private elsewhere(state: HeldLogin['state']): Detour {
    const to = state === 'enrol' ? this.addresses.setUp(true) : this.addresses.challenge();
    return new Detour('NOT_SIGNED_IN', 'This sign-in waits for something else.', to);
  }
}

/** For pending logins that must answer a challenge. */
@Injectable()
export class ChallengeGuard extends HeldGuard {
  protected readonly state = 'challenge';
}

/** For pending logins that must enroll a factor. */
@Injectable()
export class RequiredSetUpGuard extends HeldGuard {
  protected readonly state = 'enrol';
}

/** For pending logins in either state. */
@Injectable()
export class AnyHeldGuard extends HeldGuard {
  protected readonly state = 'any';
}
