import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { InstalledModules } from '../../portal/modules/modules.js';

/** How many minutes staff may act after they confirmed that it is them. */
export const actMinutes = 5;

/** What keeps somebody from acting as staff right now, and where they put it right. */
export interface Obstacle {
  /** `factor`: they have nothing but a password. `fresh`: they have not confirmed lately that it is them. */
  readonly need: 'factor' | 'fresh';
  readonly href: string;
}

/** Staff without a factor of their own may read, never act; whoever has one confirms first (ASVS 7.5.3). */
@Injectable()
export class StaffActs {
  constructor(private readonly modules: InstalledModules) {}

  /** Where to set a factor up, and to come back from; null for who has one, and where no installed module knows of any. */
  async lacksFactor(request: Request): Promise<string | null> {
    return (await this.modules.stepUp()?.setUpAddress(request, request.path)) ?? null;
  }

  /** Null: what is sent from the page of this request is taken. */
  async obstacle(request: Request): Promise<Obstacle | null> {
    const stepUp = this.modules.stepUp();
    if (!stepUp) return null;
    const setUp = await this.lacksFactor(request);
    if (setUp !== null) return { need: 'factor', href: setUp };
    const fresh = await stepUp.fresh(request, actMinutes);
    return fresh ? null : { need: 'fresh', href: stepUp.address(request.path) };
  }
}
