import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { FOR_FACTORS, StepUps } from '../../core/step-up/step-ups.js';
import { Addresses } from '../response/addresses.js';
import { Detour } from '../response/detour.js';
import { signedInOf } from '../request/guests.js';
import { textOf } from '../request/text-of.js';

/** The requirement of a route that needs less than a full step-up. */
type Ease = 'not-needed' | 'set-up';

const EASE = 'nestjs-two-factor:ease';

/** For routes that only read, or that change nothing that protects the account: no step-up. */
export const WithoutStepUp = () => SetMetadata(EASE, 'not-needed' satisfies Ease);

/**
 * For the start of an enrollment: a recent sign-in counts too for the first factor, and one with a recovery factor for
 * replacing.
 */
export const ToSetUp = () => SetMetadata(EASE, 'set-up' satisfies Ease);

/**
 * Requires a step-up before every route of its controller. New routes are therefore safe by default, and the few exceptions
 * have a decorator (ASVS 5.0 7.5.1). The POST is not replayed: people return to the page with the form.
 */
@Injectable()
export class FreshGuard implements CanActivate {
  constructor(
    private readonly stepUps: StepUps,
    private readonly reflector: Reflector,
    private readonly addresses: Addresses,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const ease = this.reflector.get<Ease | undefined>(EASE, context.getHandler());
    if (ease === 'not-needed' || (await this.isFresh(request, ease))) return true;
    const to = this.addresses.confirm(this.pageWithForm(request));
    throw new Detour('STEP_UP_REQUIRED', 'Confirm that it is you, then try again.', to);
  }

  private async isFresh(request: Request, ease: 'set-up' | undefined): Promise<boolean> {
    const who = signedInOf(request);
    return ease ? (await this.stepUps.reach(who)) !== null : this.stepUps.fresh(who, FOR_FACTORS);
  }

  private pageWithForm(request: Request): string {
    if (request.method === 'GET') return request.originalUrl;
    const kind = request.params['kind'];
    if (typeof kind !== 'string') return this.addresses.security();
    const { returnTo } = (request.body ?? {}) as Record<string, unknown>;
    return this.addresses.setUp(false, kind, '', { returnTo: textOf(returnTo) });
  }
}
