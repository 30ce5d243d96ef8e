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
import { actMinutes, StaffActs } from './staff-acts.js';

/** Refuses what staff without a factor of their own would do. */
@Injectable()
class OwnFactorGuard implements CanActivate {
  constructor(private readonly acts: StaffActs) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const href = await this.acts.lacksFactor(context.switchToHttp().getRequest<Request>());
    if (href === null) return true;
    const page = { view: 'staff/needs-factor', model: { href } };
    throw new PortalProblem('FORBIDDEN', 'Set up two-factor for your own account first.', {}, page);
  }
}

/** Something that staff do for others: with a factor of their own, freshly confirmed. Who lacks one is not sent to confirm. */
export const Act = (): MethodDecorator => applyDecorators(UseGuards(OwnFactorGuard), Fresh(actMinutes));
