import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { InstalledModules } from '../../portal/modules/modules.js';

/** Minutes in which staff may act after a step-up. */
export const actMinutes = 5;

/** The reason why a person cannot act as staff now, and the page that solves it. */
export interface Blocker {
  /** `factor`: they have only a password. `fresh`: their last step-up is too old. */
  readonly need: 'factor' | 'fresh';
  readonly href: string;
}

/** Staff without a factor may read but not act. Staff with a factor make a step-up first (ASVS 7.5.3). */
@Injectable()
export class StaffActions {
  constructor(private readonly modules: InstalledModules) {}

  /**
   * The address where the person sets up a factor and comes back from. Null if they have one, and if no installed module offers
   * one.
   */
  async lacksFactor(request: Request): Promise<string | null> {
    return (await this.modules.stepUp()?.setUpAddress(request, request.path)) ?? null;
  }

  /** Null: a form from this request's page is accepted. */
  async blocker(request: Request): Promise<Blocker | null> {
    const stepUp = this.modules.stepUp();
    if (!stepUp) return null;
    const setUp = await this.lacksFactor(request);
    if (setUp !== null) return { need: 'factor', href: setUp };
    const fresh = await stepUp.fresh(request, actMinutes);
    return fresh ? null : { need: 'fresh', href: stepUp.address(request.path) };
  }
}
