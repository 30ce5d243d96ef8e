import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { type CurrentSession, currentSession } from '../../auth/sessions/current-session.js';
import { loginAddress } from '../../auth/common/return-to.js';
import { SessionEnding } from '../../auth/sessions/session-ending.js';
import { Clock } from '../../clock.js';
import { InstalledModules } from '../modules/modules.js';
import { PortalProblem, SeeOther } from '../problems/problem.js';
import { wantsJson } from '../http/wants-json.js';

/** The page of a route's form. */
export interface FormPlace {
  /** Its page, with the route's own parameters, e.g. `/services/:id`. Left out: the address that the form is sent to. */
  readonly page?: string | undefined;
}

/** The requirement of a route. */
export interface Freshness extends FormPlace {
  readonly minutes: number;
}

/** Metadata key of `@Fresh`: a `Freshness`. */
export const freshKey = 'portal:fresh';

/**
 * Redirects people to the step-up and back. Without a module that offers a step-up, only signing in counts: a person who signed
 * in too long ago must sign in again.
 */
@Injectable()
export class FreshGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly modules: InstalledModules,
    private readonly ending: SessionEnding,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const current = currentSession(request);
    if (!current) throw new PortalProblem('NOT_SIGNED_IN', 'Please sign in.');
    const places = [context.getHandler(), context.getClass()];
    const { minutes, page } = this.reflector.getAllAndOverride<Freshness>(freshKey, places);
    const stepUp = this.modules.stepUp();
    if (stepUp ? await stepUp.fresh(request, minutes) : this.isRecent(current, minutes)) return true;
    const returnTo = formAddress(request, { page });
    if (stepUp) throw confirmAt(stepUp.address(returnTo));
    // A program gets the refusal and keeps its session. A person is signed out, because the sign-in page would send them
    // straight back.
    if (!wantsJson(request)) await this.ending.signOut(request, current);
    throw confirmAt(loginAddress(returnTo));
  }

  private isRecent({ signedInAt }: CurrentSession, minutes: number): boolean {
    return this.clock.now() - signedInAt <= minutes * 60_000;
  }
}

function confirmAt(address: string): SeeOther {
  return new SeeOther(address, new PortalProblem('STEP_UP_REQUIRED', 'Please confirm that it is you first.'));
}

/** The address of the page with the form of this request. */
function formAddress({ originalUrl, params }: Request, { page }: FormPlace): string {
  if (page === undefined) return originalUrl;
  return page.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}
