import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { currentAccount } from '../../../accounts/current-account.js';
import { StaffActions } from '../../common/staff-actions.js';
import { ApprovalChecks } from './approval-checks.js';
import { ApprovalList, type ListedApproval } from './approval-list.js';

/** The content of a request's page. */
export interface ApprovalDetails {
  readonly approval: ListedApproval;
  /** The viewer asked for it: another staff member must approve it. */
  readonly own: boolean;
  /** It can still be refused. */
  readonly waits: boolean;
  /** It can be approved: it waits, or its module was interrupted. */
  readonly approvable: boolean;
  /** The viewer can do something about it. */
  readonly open: boolean;
  /** The address where the viewer sets up a factor first. Null: forms from the page are accepted. */
  readonly setUpFirst: string | null;
}

/** Collects the content of a request's page. */
@Injectable()
export class ApprovalPages {
  constructor(
    private readonly checks: ApprovalChecks,
    private readonly list: ApprovalList,
    private readonly own: StaffActions,
  ) {}

  /** @throws ActRefused NOT_FOUND `no-approval` */
  async details(request: Request, id: string): Promise<ApprovalDetails> {
    const viewer = currentAccount(request);
    const row = await this.checks.visible(viewer, id);
    const [approval] = await this.list.named([row]);
    if (!approval) throw new Error('A request without its names.');
    const waits = approval.state === 'asked';
    const own = row.askedBy === viewer.id;
    const interrupted = row.state === 'approved' && row.decidedBy === viewer.id;
    const setUpFirst = await this.own.lacksFactor(request);
    const approvable = !own && (waits || interrupted);
    return { approval, own, waits, approvable, open: waits || approvable, setUpFirst };
  }
}
