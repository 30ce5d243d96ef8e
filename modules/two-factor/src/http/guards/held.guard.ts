import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { HeldLogins } from '../../core/login/held-logins.js';
import { LoginSession, type HeldLogin } from '../../core/contracts/ports/login-session.js';
import { Addresses } from '../response/addresses.js';
import { Detour } from '../response/detour.js';
import { letIn } from '../request/guests.js';

/** Lets in a held login in the state its routes are for, still good; everybody else goes where they belong. */
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

  /** The parked login goes too, or its browser would be led back here for ever. */
  private async ended(request: Request): Promise<Detour> {
    const { to } = await this.sessions.complete(request, 'abandoned');
    return new Detour('CHALLENGE_EXPIRED', 'This sign-in has ended. Start again.', this.addresses.ended(to));
  }

  private elsewhere(state: HeldLogin['state']): Detour {
    const to = state === 'enrol' ? this.addresses.setUp(true) : this.addresses.challenge();
    return new Detour('NOT_SIGNED_IN', 'This sign-in waits for something else.', to);
  }
}

/** For logins that must prove a factor. */
@Injectable()
export class ChallengeGuard extends HeldGuard {
  protected readonly state = 'challenge';
}

/** For logins that must set a factor up. */
@Injectable()
export class RequiredSetUpGuard extends HeldGuard {
  protected readonly state = 'enrol';
}

/** For logins in either state. */
@Injectable()
export class AnyHeldGuard extends HeldGuard {
  protected readonly state = 'any';
}
