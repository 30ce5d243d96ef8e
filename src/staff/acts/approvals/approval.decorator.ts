import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import type { Request } from 'express';
import { Fresh } from '../../../portal/fresh/fresh.decorator.js';
import { StaffAction } from '../../common/own-factor.guard.js';
import { ApprovalChecks } from './approval-checks.js';
import { ApprovalTitle } from './approval-title.js';

/** Refuses what no confirmation would change, before anything is asked of the approver. */
@Injectable()
class ApprovalGuard implements CanActivate {
  constructor(private readonly checks: ApprovalChecks) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    await this.checks.approvable(request, String(request.params['id']));
    return true;
  }
}

/** The approval of a request: by a second staff member with an own factor, who confirmed this approval within five minutes. */
export const Approval = (): MethodDecorator =>
  applyDecorators(
    StaffAction(),
    UseGuards(ApprovalGuard),
    Fresh(5, {
      act: 'staff-approval.grant',
      title: 'staff-acts.title.approve',
      values: ApprovalTitle,
      page: '/staff/approvals/:id',
    }),
  );
