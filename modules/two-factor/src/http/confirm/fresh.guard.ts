import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { StepUpScope } from '../../core/accounts/void-tokens.js';
import { FOR_FACTORS, StepUpTokens, type StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { signedInOf } from '../request/request-context.js';
import { ActGate, stepUpRequired } from './act-gate.js';
import { PackageActs, type PackageAct } from './package-acts.js';

const ACT = 'nestjs-two-factor:act';

/** For routes that only read, or that do not change the protection of the account: no step-up. */
export const NoStepUp = () => SetMetadata(ACT, 'none');

/** Names the action of a route, which the confirm page shows and the step-up is bound to. */
export const ForAct = (act: PackageAct) => SetMetadata(ACT, act);

/** The scope in which a person may set a factor up, for the handler behind the guard. */
const scopes = new WeakMap<object, StepUpScope>();

/** The scope that the guard found; the lesser one where it found none. */
export function scopeOf(request: object): StepUpScope {
  return scopes.get(request) ?? 'replace';
}

/**
 * Requires a step-up before every route of its controller. New routes are therefore safe by default, and the few exceptions
 * have a decorator (ASVS 5.0 7.5.1). What was posted is kept, and carried out after the step-up. For the start of an
 * enrollment a recent sign-in counts too for the first factor, and one with a recovery factor for replacing.
 */
@Injectable()
export class FreshGuard implements CanActivate {
  constructor(
    private readonly stepUpTokens: StepUpTokens,
    private readonly reflector: Reflector,
    private readonly acts: PackageActs,
    private readonly actGate: ActGate,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const named = this.reflector.get<PackageAct | 'none' | undefined>(ACT, context.getHandler());
    if (named === 'none') return true;
    const who = signedInOf(request);
    const act = this.acts.of(named, request, who);
    await this.requireReleased(request, who, act.name);
    if (named !== 'set-up') {
      if (await this.stepUpTokens.opens(who, act, FOR_FACTORS)) return true;
    } else {
      const scope = await this.stepUpTokens.scope(who, act);
      if (scope) return scopes.set(request, scope).has(request);
    }
    throw stepUpRequired(await this.actGate.keep(request, who, act));
  }

  /** Asked before the step-up, so that no one confirms in vain. The transaction of the change asks again. */
  private async requireReleased(request: Request, { session }: StepUpContext, act: string): Promise<void> {
    const { brakes } = this.actGate;
    if (act === 'factor.remove' || act === 'two-factor.disable')
      await brakes.ask(request, session.account, act);
    else if (act === 'factor.replace') await brakes.askReplacing(request, session.account);
    else await brakes.askChange(request, session.account);
  }
}
