import { type CanActivate, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { PortalProblem } from '../../portal/problems/problem.js';
import { StaffActions } from './staff-actions.js';

/** Refuses actions of staff who have no factor. */
@Injectable()
class OwnFactorGuard implements CanActivate {
  constructor(private readonly acts: StaffActions) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const href = await this.acts.lacksFactor(context.switchToHttp().getRequest<Request>());
    if (href === null) return true;
    const page = { view: 'staff/needs-factor', model: { href } };
    throw new PortalProblem('FORBIDDEN', 'Set up two-factor for your own account first.', {}, page);
  }
}

/** An everyday action of staff for others: it requires an own factor. A dangerous one also has `@Fresh`. */
export const StaffAction = (): MethodDecorator => UseGuards(OwnFactorGuard);
