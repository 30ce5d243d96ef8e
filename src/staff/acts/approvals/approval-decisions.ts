import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import { actorOf } from '../../../auth/common/actor.js';
import { currentAccount } from '../../../accounts/current-account.js';
import { PortalEvents } from '../../../events/portal-events.js';
import type { ActDone } from '../act-order.js';
import { ActRefused } from '../act-refused.js';
import { ActRunner, nothingToDo } from '../act-runner.js';
import { isPortalAct, type ModuleAct, type PortalAct } from '../staff-act.js';
import { type Approvable, ApprovalChecks } from './approval-checks.js';
import type { ApprovalRow } from './approval.entity.js';
import { ApprovalRows } from './approval-rows.js';

/** An approved act that was carried out. */
export interface ApprovedAct extends Approvable {
  readonly done: ActDone;
}

/** Decisions of a second staff member. Each request is decided once, and carried out once. */
@Injectable()
export class ApprovalDecisions {
  constructor(
    private readonly checks: ApprovalChecks,
    private readonly rows: ApprovalRows,
    private readonly runner: ActRunner,
    private readonly events: PortalEvents,
    private readonly database: DataSource,
  ) {}

  /**
   * Approves the request and carries its act out, in the name of both. An act of the portal is one transaction with the
   * decision. An act of a module follows the decision; where its process was killed, the same approver approves again.
   * @throws ActRefused as `ApprovalChecks.approvable`; CONFLICT `decided`, `nothing-to-do`; the refusals of the act.
   */
  async approve(request: Request, id: string): Promise<ApprovedAct> {
    const found = await this.checks.approvable(request, id);
    const { act, order } = found;
    await act.before?.(order);
    const done = isPortalAct(act) ? await this.byPortal(found, act) : await this.byModule(found, act);
    return { ...found, done };
  }

  /**
   * Refuses the request, or withdraws it: nothing is done.
   * @throws ActRefused NOT_FOUND `no-approval`; CONFLICT `decided`.
   */
  async refuse(request: Request, id: string): Promise<void> {
    const row = await this.checks.visible(currentAccount(request), id);
    await transaction(this.database, (manager) => this.refused(request, row, 'refused', manager));
  }

  private async byPortal(found: Approvable, act: PortalAct): Promise<ActDone> {
    try {
      return await this.runner.run(act, found.order, (manager) => this.granted(found, 'done', manager));
    } catch (error) {
      if (isNothingToDo(error)) await this.close(found);
      throw error;
    }
  }

  /** The request is of no use any more. */
  private async close({ row, order }: Approvable): Promise<void> {
    await transaction(this.database, (manager) => this.refused(order.request, row, 'void', manager)).catch(
      (error: unknown) => {
        // Another staff member has decided it meanwhile.
        if (!(error instanceof ActRefused)) throw error;
      },
    );
  }

  private async byModule(found: Approvable, act: ModuleAct): Promise<ActDone> {
    const { row, order } = found;
    const isRepeated = row.state === 'approved';
    await this.claim(found, isRepeated);
    const done = await act.call(order).catch(async (error: unknown) => {
      await this.rows.free(row.id);
      throw error;
    });
    // Nothing to do for the second time: the process that did it was killed before it could say so.
    const isVoid = done === null && !isRepeated;
    await this.rows.finish(row.id, isVoid ? 'void' : 'done');
    if (isVoid) throw nothingToDo(order);
    return done ?? {};
  }

  /** One process has the act for itself. */
  private async claim(found: Approvable, isRepeated: boolean): Promise<void> {
    const { row, order } = found;
    if (!isRepeated) await transaction(this.database, (manager) => this.granted(found, 'approved', manager));
    else if (!(await this.rows.claimAgain(row.id, order.approver?.id ?? ''))) throw decided();
  }

  private async granted(
    { row, order }: Approvable,
    state: 'done' | 'approved',
    manager: EntityManager,
  ): Promise<void> {
    const { id, act, askedBy, reason, ticketNumber: ticket, clientId: accountId } = row;
    const { approver } = order;
    if (!approver || !(await this.rows.decide(id, { state, by: approver.id }, manager))) throw decided();
    const data = { approvalId: id, act, askedBy, reason, ticket };
    const facts = { accountId, actor: actorOf(approver), data };
    await this.events.record('approval.granted', facts, order.request, manager);
  }

  private async refused(
    request: Request,
    { id, act, askedBy, clientId: accountId }: ApprovalRow,
    state: 'refused' | 'void',
    manager: EntityManager,
  ): Promise<void> {
    const agent = currentAccount(request);
    if (!(await this.rows.decide(id, { state, by: agent.id }, manager))) throw decided();
    const facts = { accountId, actor: actorOf(agent), data: { approvalId: id, act, askedBy } };
    await this.events.record('approval.refused', facts, request, manager);
  }
}

function isNothingToDo(error: unknown): boolean {
  return error instanceof ActRefused && error.reason === 'nothing-to-do';
}

function decided(): ActRefused {
  return new ActRefused('CONFLICT', 'decided', 'This request is decided already, or it is older than a day.');
}
