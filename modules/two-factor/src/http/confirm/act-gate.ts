import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../../core/common/errors.js';
import type { TwoFactorAct } from '../../core/step-up/act.js';
import { Confirmations } from '../../core/step-up/confirmations.js';
import { StepUpTokens, type StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { HIDDEN_FIELDS } from '../guards/same-origin.guard.js';
import { RedirectProblem } from '../response/redirect-problem.js';
import { Routes } from '../response/routes.js';
import { BrakeGate } from './brake-gate.js';
import { keptRequestOf } from './kept-request.js';

/** What a client needs to confirm: the page for people, and the value of `act` for programs. */
export interface RequiredConfirmation {
  readonly to: string;
  readonly act: string;
}

const ADVICE = 'Confirm that it is you, then try again.';

/** Asks for a step-up before an action, and keeps what was posted until then. */
@Injectable()
export class ActGate {
  constructor(
    private readonly stepUpTokens: StepUpTokens,
    private readonly confirmations: Confirmations,
    private readonly routes: Routes,
    @Inject(HIDDEN_FIELDS) private readonly hidden: readonly string[],
    readonly brakes: BrakeGate,
  ) {}

  /** See `TwoFactor.isFresh`. */
  async isFresh(request: Request, minutes: number): Promise<boolean> {
    const who = await this.stepUpTokens.contextOf(request);
    return who !== null && this.stepUpTokens.isFresh(who, minutes);
  }

  /** See `TwoFactor.confirmation`. */
  async confirmation(
    request: Request,
    minutes: number,
    act: TwoFactorAct,
  ): Promise<RequiredConfirmation | null> {
    if (!/^[a-z0-9.-]{1,60}$/.test(act.name)) throw new Error(`"${act.name}" is no name for an action.`);
    const who = await this.stepUpTokens.contextOf(request);
    if (!who) throw new Problem('STEP_UP_REQUIRED', ADVICE);
    return (await this.stepUpTokens.opens(who, act, minutes)) ? null : this.keep(request, who, act);
  }

  /** Keeps the request, and says where to confirm. */
  async keep(request: Request, who: StepUpContext, act: TwoFactorAct): Promise<RequiredConfirmation> {
    const { id } = await this.confirmations.open(who, act, keptRequestOf(request, this.hidden));
    const page = act.page ?? this.routes.security();
    return { act: id, to: this.routes.confirm({ returnTo: page, act: id }) };
  }
}

/** The refusal of an action that needs a step-up first. */
export function stepUpRequired({ to, act }: RequiredConfirmation): RedirectProblem {
  return new RedirectProblem('STEP_UP_REQUIRED', ADVICE, to, { act });
}
