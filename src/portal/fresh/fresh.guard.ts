import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { approvalIdOf } from '../../api-tokens/approvals/approved-request.js';
import { type AccessMark, markKey } from '../../auth/common/access.decorators.js';
import { type CurrentSession, currentSession } from '../../auth/sessions/current-session.js';
import { loginAddress } from '../../auth/common/return-to.js';
import { SessionEnding } from '../../auth/sessions/session-ending.js';
import { Clock } from '../../clock.js';
import type { ConfirmedAct } from '../modules/step-up.js';
import { InstalledModules } from '../modules/modules.js';
import { PortalProblem, SeeOther } from '../problems/problem.js';
import { wantsJson } from '../http/wants-json.js';
import { ActTitles, type NamedAct } from './act-titles.js';

/** The requirement of a route. */
export interface Freshness extends NamedAct {
  readonly minutes: number;
}

/** Metadata key of `@Fresh`: a `Freshness`. */
export const freshKey = 'portal:fresh';

/**
 * Redirects people to the step-up, which carries out what they posted. Without a module that offers a step-up, only signing in
 * counts: a person who signed in too long ago must sign in again.
 */
@Injectable()
export class FreshGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly modules: InstalledModules,
    private readonly titles: ActTitles,
    private readonly ending: SessionEnding,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    if (approvalIdOf(request) !== null) return true;
    const current = currentSession(request);
    if (!current) throw new PortalProblem('NOT_SIGNED_IN', 'Please sign in.');
    const places = [context.getHandler(), context.getClass()];
    const freshness = this.reflector.getAllAndOverride<Freshness>(freshKey, places);
    const stepUp = this.modules.stepUp();
    if (!stepUp) return this.requireRecentSignIn(request, current, freshness);
    const mark = this.reflector.getAllAndOverride<AccessMark | undefined>(markKey, places);
    const act = this.actOf(request, freshness, mark);
    const required = await stepUp.confirmation(request, freshness.minutes, act);
    if (required) throw confirmAt(required.to, { act: required.act });
    return true;
  }

  /** A program gets the refusal and keeps its session. A person is signed out, because the sign-in page would send them back. */
  private async requireRecentSignIn(
    request: Request,
    current: CurrentSession,
    freshness: Freshness,
  ): Promise<true> {
    if (this.clock.now() - current.signedInAt <= freshness.minutes * 60_000) return true;
    if (!wantsJson(request)) await this.ending.signOut(request, current);
    throw confirmAt(loginAddress(formAddress(request, freshness)));
  }

  /** A sign-in never counts for what staff do to others. */
  private actOf(request: Request, freshness: Freshness, mark?: AccessMark): ConfirmedAct {
    return {
      name: freshness.act,
      parameters: Object.fromEntries(
        Object.entries(request.params).map(([name, value]) => [name, String(value)]),
      ),
      title: () => this.titles.title(request, freshness),
      page: formAddress(request, freshness),
      signInCounts: mark?.accessLevel === 'signed-in',
    };
  }
}

function confirmAt(address: string, extra: { act?: string } = {}): SeeOther {
  const problem = new PortalProblem('STEP_UP_REQUIRED', 'Please confirm that it is you first.', extra);
  return new SeeOther(address, problem);
}

/** The address of the page with the form of this request. */
function formAddress({ originalUrl, params }: Request, { page }: NamedAct): string {
  if (page === undefined) return originalUrl;
  return page.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}
