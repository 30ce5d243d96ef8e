import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../../accounts/account.js';
import { Accounts } from '../../../accounts/accounts.service.js';
import { currentAccount } from '../../../accounts/current-account.js';
import { ActChecks } from '../act-checks.js';
import type { ActOrder } from '../act-order.js';
import { StaffActRegistry } from '../act-registry.js';
import { ActRefused } from '../act-refused.js';
import type { StaffAct } from '../staff-act.js';
import type { ApprovalRow } from './approval.entity.js';
import { ApprovalRows } from './approval-rows.js';

/** A request, with what is needed to carry it out. */
export interface Approvable {
  readonly row: ApprovalRow;
  readonly act: StaffAct;
  readonly order: ActOrder;
}

/** Decides who may see, approve and refuse a request. */
@Injectable()
export class ApprovalChecks {
  constructor(
    private readonly rows: ApprovalRows,
    private readonly registry: StaffActRegistry,
    private readonly accounts: Accounts,
    private readonly checks: ActChecks,
  ) {}

  /** @throws ActRefused NOT_FOUND `no-approval`, also for a request about the viewer's own account. */
  async visible(viewer: Account, id: string): Promise<ApprovalRow> {
    const row = await this.rows.find(id);
    if (row && row.clientId !== viewer.id) return row;
    throw new ActRefused('NOT_FOUND', 'no-approval', 'There is no such request.');
  }

  /**
   * The request, for a second staff member who may approve it. Whether it still waits is decided when it is carried out.
   * @throws ActRefused NOT_FOUND; FORBIDDEN `own-request`, `needs-admin`, `role`; CONFLICT `asker-gone`, `no-act`.
   */
  async approvable(request: Request, id: string): Promise<Approvable> {
    const approver = currentAccount(request);
    const row = await this.visible(approver, id);
    if (row.askedBy === approver.id)
      throw new ActRefused('FORBIDDEN', 'own-request', 'Another staff member must approve your request.');
    const act = this.registry.find(row.act);
    if (!act) throw new ActRefused('CONFLICT', 'no-act', 'The module with this act is not installed.');
    const client = await this.checks.client(approver, act, row.clientId);
    if (client.role === 'admin' && approver.role !== 'admin')
      throw new ActRefused('FORBIDDEN', 'needs-admin', 'Only another administrator may approve this.');
    const agent = await this.asker(row, act);
    return { row, act, order: { ...orderOf(row), client, agent, approver, request } };
  }

  /** Who asked must still be staff with the permission. */
  private async asker({ askedBy, clientId }: ApprovalRow, act: StaffAct): Promise<Account> {
    const agent = await this.accounts.byId(askedBy);
    const gone = new ActRefused(
      'CONFLICT',
      'asker-gone',
      'The person who asked for this may not do it any more.',
    );
    if (!agent || agent.suspended || agent.role === 'customer') throw gone;
    this.checks.requireRole(agent, act, clientId);
    return agent;
  }
}

function orderOf({
  act,
  reason,
  ticketId,
  ticketNumber,
  parameters,
}: ApprovalRow): Pick<ActOrder, 'act' | 'reason' | 'ticket' | 'parameters'> {
  const ticket = ticketId === null ? null : { id: ticketId, number: ticketNumber ?? '' };
  return { act, reason, ticket, parameters: JSON.parse(parameters) as ActOrder['parameters'] };
}
