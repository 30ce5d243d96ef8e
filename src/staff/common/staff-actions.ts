import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { InstalledModules } from '../../portal/modules/modules.js';

/** Staff without a factor may read but not act (ASVS 7.5.3). */
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
}
