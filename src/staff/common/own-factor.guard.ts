import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { PortalProblem } from '../../portal/problems/problem.js';
import { StaffActs } from './staff-acts.js';

/** Refuses what staff without a factor of their own would do. */
@Injectable()
export class OwnFactorGuard implements CanActivate {
  constructor(private readonly acts: StaffActs) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const href = await this.acts.lacksFactor(context.switchToHttp().getRequest<Request>());
    if (href === null) return true;
    const page = { view: 'staff/needs-factor', model: { href } };
    throw new PortalProblem('FORBIDDEN', 'Set up two-factor for your own account first.', {}, page);
  }
}
