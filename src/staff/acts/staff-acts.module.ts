import { Global, Module } from '@nestjs/common';
import { RateLimitsModule } from '../../auth/rate-limits/rate-limits.module.js';
import { StaffActions } from '../common/staff-actions.js';
import { ActAnswers } from './act-answers.js';
import { ActChecks } from './act-checks.js';
import { ActClientName } from './act-client-name.js';
import { StaffActDesk } from './act-desk.js';
import { ActLimits } from './act-limits.js';
import { StaffActRegistry } from './act-registry.js';
import { ActRunner } from './act-runner.js';
import { ActTickets } from './act-tickets.js';
import { ApprovalChecks } from './approvals/approval-checks.js';
import { ApprovalDecisions } from './approvals/approval-decisions.js';
import { ApprovalList } from './approvals/approval-list.js';
import { ApprovalPages } from './approvals/approval-page.js';
import { ApprovalRequests } from './approvals/approval-requests.js';
import { ApprovalRows } from './approvals/approval-rows.js';
import { ApprovalTitle } from './approvals/approval-title.js';
import { ApprovalsController } from './approvals/approvals.controller.js';
import { StaffActs } from './staff-acts.js';

/** Acts of staff on clients, and their approvals. Global, because installed modules add acts of their own. */
@Global()
@Module({
  imports: [RateLimitsModule],
  controllers: [ApprovalsController],
  providers: [
    ...[ActAnswers, ActChecks, ActClientName, ActLimits, ActRunner, ActTickets],
    ...[ApprovalChecks, ApprovalDecisions, ApprovalList, ApprovalPages],
    ...[ApprovalRequests, ApprovalRows, ApprovalTitle],
    ...[StaffActDesk, StaffActRegistry, StaffActions, StaffActs],
  ],
  exports: [
    ...[ActAnswers, ActChecks, ActClientName, ApprovalChecks, ApprovalList],
    ...[StaffActDesk, StaffActRegistry, StaffActions, StaffActs],
  ],
})
export class StaffActsModule {}
