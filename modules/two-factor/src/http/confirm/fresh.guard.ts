import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { FOR_FACTORS, StepUpTokens } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { RedirectProblem } from '../response/redirect-problem.js';
import { signedInOf } from '../request/request-context.js';
import { textOf } from '../request/text-of.js';

/** The requirement of a route that needs less than a full step-up. */
type StepUpRequirement = 'not-needed' | 'set-up';

const STEP_UP_REQUIREMENT = 'nestjs-two-factor:ease';

/** For routes that only read, or that do not change the protection of the account: no step-up. */
export const NoStepUp = () => SetMetadata(STEP_UP_REQUIREMENT, 'not-needed' satisfies StepUpRequirement);

/**
 * For the start of an enrollment: a recent sign-in counts too for the first factor, and one with a recovery factor for
 * replacing.
 */
export const StepUpToEnroll = () => SetMetadata(STEP_UP_REQUIREMENT, 'set-up' satisfies StepUpRequirement);

/**
 * Requires a step-up before every route of its controller. New routes are therefore safe by default, and the few exceptions
 * have a decorator (ASVS 5.0 7.5.1). The POST is not replayed: people return to the page with the form.
 */
@Injectable()
export class FreshGuard implements CanActivate {
  constructor(
    private readonly stepUpTokens: StepUpTokens,
    private readonly reflector: Reflector,
    private readonly routes: Routes,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const ease = this.reflector.get<StepUpRequirement | undefined>(STEP_UP_REQUIREMENT, context.getHandler());
    if (ease === 'not-needed' || (await this.isFresh(request, ease))) return true;
    const to = this.routes.confirm(this.pageWithForm(request));
    throw new RedirectProblem('STEP_UP_REQUIRED', 'Confirm that it is you, then try again.', to);
  }

  private async isFresh(request: Request, ease: 'set-up' | undefined): Promise<boolean> {
    const who = signedInOf(request);
    return ease ? (await this.stepUpTokens.scope(who)) !== null : this.stepUpTokens.isFresh(who, FOR_FACTORS);
  }

  private pageWithForm(request: Request): string {
    if (request.method === 'GET') return request.originalUrl;
    const kind = request.params['kind'];
    if (typeof kind !== 'string') return this.routes.security();
    const { returnTo } = (request.body ?? {}) as Record<string, unknown>;
    return this.routes.setUp(false, kind, '', { returnTo: textOf(returnTo) });
  }
}
