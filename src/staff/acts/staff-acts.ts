import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { type FormPage, refusedForm } from '../../portal/forms/form.js';
import { ActChecks } from './act-checks.js';
import { ActLimits } from './act-limits.js';
import type { ActDone, ActOrder, ActTicket } from './act-order.js';
import { ActRunner, nothingToDo } from './act-runner.js';
import { ActTickets } from './act-tickets.js';
import { type ActForm, parametersOf } from './act.form.js';
import { ApprovalRequests, type RequestedApproval } from './approvals/approval-requests.js';
import { isPortalAct, type StaffAct } from './staff-act.js';

/** A form that was read, and the page that shows it again. */
export interface PostedAct {
  readonly clientId: string;
  readonly form: ActForm;
  readonly page: FormPage;
}

/** What became of a form: the act is done, or it waits for a second staff member. */
export type ActOutcome =
  | { readonly status: 'done'; readonly order: ActOrder; readonly done: ActDone }
  | { readonly status: 'approval-requested'; readonly order: ActOrder; readonly approval: RequestedApproval };

/**
 * The one way of every act of staff on a client. The route has checked factor and confirmation before (`@ClientAct`). This checks
 * the client, the permission and the person again, then ticket, limit and approval, and carries the act out once.
 */
@Injectable()
export class StaffActs {
  constructor(
    private readonly checks: ActChecks,
    private readonly tickets: ActTickets,
    private readonly limits: ActLimits,
    private readonly approvals: ApprovalRequests,
    private readonly runner: ActRunner,
  ) {}

  /**
   * @throws ActRefused NOT_FOUND, FORBIDDEN, CONFLICT: see `ActChecks`, `ApprovalRequests` and `ActRunner`. PortalProblem
   * INVALID_INPUT for a ticket that this client does not have; TOO_MANY_ATTEMPTS over the limit.
   */
  async perform(request: Request, act: StaffAct, posted: PostedAct): Promise<ActOutcome> {
    const order = await this.orderOf(request, act, posted);
    await act.before?.(order);
    const why = await this.checks.whySecond(order, act);
    const refund = await this.limits.consume(order, act);
    try {
      const outcome = why === null ? await this.carriedOut(act, order) : await this.asked(order, why);
      if (outcome.status === 'approval-requested' && !outcome.approval.isNew) await refund();
      return outcome;
    } catch (error) {
      await refund();
      throw error;
    }
  }

  private async orderOf(request: Request, act: StaffAct, posted: PostedAct): Promise<ActOrder> {
    const agent = currentAccount(request);
    const client = await this.checks.client(agent, act, posted.clientId);
    const { form } = posted;
    const reason = form.reason.trim();
    const ticket = await this.ticketOf(client.id, posted);
    return {
      ...{ act: act.name, client, agent, approver: null, reason, ticket },
      ...{ parameters: parametersOf(form), request },
    };
  }

  private async ticketOf(clientId: string, { form, page }: PostedAct): Promise<ActTicket | null> {
    const typed = form.ticket?.trim() ?? '';
    if (typed === '') return null;
    const ticket = await this.tickets.find(typed, clientId);
    if (ticket) return ticket;
    const body = { ...parametersOf(form), reason: form.reason, ticket: typed };
    throw refusedForm([{ field: 'ticket', key: 'staff-acts.ticket-unknown' }], page, body);
  }

  private async carriedOut(act: StaffAct, order: ActOrder): Promise<ActOutcome> {
    const done = isPortalAct(act) ? await this.runner.run(act, order) : await act.call(order);
    if (done === null) throw nothingToDo(order);
    return { status: 'done', order, done };
  }

  private async asked(order: ActOrder, why: string): Promise<ActOutcome> {
    return { status: 'approval-requested', order, approval: await this.approvals.ask(order, why) };
  }
}
