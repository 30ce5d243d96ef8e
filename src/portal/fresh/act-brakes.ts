import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../../clock.js';
import type { ActWait } from '../modules/act-brake.js';
import { InstalledModules } from '../modules/modules.js';
import { PortalProblem } from '../problems/problem.js';

/** A wait as a page shows it. `now`: the time (UTC ms) from which it counts. */
export interface ShownWait extends ActWait {
  readonly now: number;
  /** The page that says why. */
  readonly why: string;
}

/**
 * Dangerous actions wait after a change that a thief could have made, where an installed module has a brake. Routes of a signed-in person
 * have `@Braked`; this service is for other callers, such as API tokens, and for the pages.
 */
@Injectable()
export class ActBrakes {
  constructor(
    private readonly modules: InstalledModules,
    private readonly clock: Clock,
  ) {}

  /** The wait of this account, for a page with the button of a dangerous action; null: nothing waits. */
  async shown(accountId: string): Promise<ShownWait | null> {
    const brake = this.modules.brake();
    const wait = await brake?.waits(accountId);
    return brake && wait ? { ...wait, now: this.clock.now(), why: brake.path } : null;
  }

  /**
   * Refuses a dangerous action while it has to wait, and tells the owner. `act`: its name, e.g. `nameservers.change`.
   * @throws PortalProblem COOLING_DOWN with `until` (UTC, ISO text; null: not until the owner has set a new password) and `act`.
   */
  async require(request: Request, accountId: string, act: string): Promise<void> {
    const wait = await this.modules.brake()?.asks(request, accountId, act);
    if (wait) throw this.refusal(wait, { act });
  }

  /**
   * Refuses a change of the e-mail address while the account is locked after a report of its owner.
   * @throws PortalProblem COOLING_DOWN with `until: null`.
   */
  async requireUnfrozen(accountId: string): Promise<void> {
    const wait = await this.modules.brake()?.isFrozen(accountId);
    if (wait) throw this.refusal(wait, {});
  }

  private refusal(wait: ActWait, extra: { readonly act?: string }): PortalProblem {
    const until = untilText(wait);
    const advice =
      until === null
        ? 'This account is locked after a report of its owner. Set a new password first.'
        : `This action waits after a change of the sign-in. It is possible from ${until}.`;
    const model = { wait: { ...wait, now: this.clock.now(), why: this.modules.brake()?.path } };
    return new PortalProblem('COOLING_DOWN', advice, { ...extra, until }, { view: 'errors/waits', model });
  }
}

/** The end of a wait for programs. */
export function untilText({ until }: ActWait): string | null {
  return until === null ? null : new Date(until).toISOString();
}
