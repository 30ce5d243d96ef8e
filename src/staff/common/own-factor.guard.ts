import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import type { Request } from 'express';
import { Fresh } from '../../portal/fresh/fresh.decorator.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { actMinutes, StaffActions } from './staff-actions.js';

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

/**
 * An action of staff for others. It requires an own factor and a recent step-up. Staff without a factor are not sent to the
 * step-up.
 */
export const StaffAction = (): MethodDecorator =>
  applyDecorators(UseGuards(OwnFactorGuard), Fresh(actMinutes));
