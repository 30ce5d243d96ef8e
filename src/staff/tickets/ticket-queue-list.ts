import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from '../../accounts/accounts.service.js';
import { listPage, placeText } from '../../database/list-page.js';
import { TicketRow } from '../../support/ticket.entity.js';
import { TicketQueue } from '../../support/ticket-queue.js';
import type { DeskTicket } from '../../support/ticket.js';
import type { TicketQueueFilter } from './ticket-queue-filter.js';

/** A ticket with the e-mail address of its owner, or the bare id of a deleted account. */
export interface ListedTicket extends DeskTicket {
  readonly client: string;
  /** E-mail address of who takes care of it; null: nobody. */
  readonly assignee: string | null;
}

/** A page of the ticket queue; `next` is the position where the following one begins. */
export interface TicketQueuePage {
  readonly tickets: readonly ListedTicket[];
  readonly next: string | null;
}

/** The tickets of all customers, with names instead of ids. */
@Injectable()
export class TicketQueueList {
  constructor(
    private readonly database: DataSource,
    private readonly desk: TicketQueue,
    private readonly accounts: Accounts,
  ) {}

  /** Number of tickets that wait for staff. */
  open(): Promise<number> {
    return this.database.manager.countBy(TicketRow, { state: 'open' });
  }

  /** Runs two statements, however many tickets there are. `viewerId`: whose tickets `me` names. */
  async page(
    { assignee, ...filter }: TicketQueueFilter,
    viewerId: string,
    size: number,
  ): Promise<TicketQueuePage> {
    const assigned = assignee && { assigneeId: assignee === 'me' ? viewerId : null };
    const { shown, last } = await listPage(size, (limit) =>
      this.desk.list({ ...filter, ...assigned, limit }),
    );
    const ids = shown.flatMap(({ accountId, assigneeId }) => [accountId, assigneeId ?? accountId]);
    const emails = await this.accounts.emailsOf([...new Set(ids)]);
    return {
      tickets: shown.map((ticket) => ({
        ...ticket,
        client: emails.get(ticket.accountId) ?? ticket.accountId,
        assignee: ticket.assigneeId && (emails.get(ticket.assigneeId) ?? ticket.assigneeId),
      })),
      next: last ? placeText({ at: last.changedAt, id: last.id }) : null,
    };
  }
}
