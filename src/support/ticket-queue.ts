import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Place } from '../database/list-page.js';
import { isRowId } from '../database/row-id.js';
import { type Conversation, type DeskTicket, messageOf } from './ticket.js';
import { TicketMessageRow } from './ticket-message.entity.js';
import { ticketConditions } from './ticket-search.js';
import { TicketRow, type TicketState } from './ticket.entity.js';

/** The filter of the ticket queue. */
export interface TicketQueueQuery {
  readonly state?: TicketState;
  readonly accountId?: string;
  /** Words that must all occur: as the number, or in the subject. */
  readonly text?: string;
  /** Null: tickets that nobody takes care of. */
  readonly assigneeId?: string | null;
  /** The time is the last change of the ticket. */
  readonly after?: Place;
  readonly limit: number;
}

/** The tickets of all customers, for staff. The caller must check the permission. */
@Injectable()
export class TicketQueue {
  constructor(private readonly database: DataSource) {}

  /** The most recently changed first. */
  list({ after, limit, ...filter }: TicketQueueQuery): Promise<DeskTicket[]> {
    const query = this.database.manager
      .createQueryBuilder(TicketRow, 'ticket')
      .orderBy('ticket.changedAt', 'DESC')
      .addOrderBy('ticket.id', 'DESC')
      .take(limit);
    narrow(query, filter);
    if (after) query.andWhere(behind, { changedAt: after.at, id: after.id });
    return query.getMany();
  }

  /** Any ticket with all its messages; null when there is none. */
  async conversation(id: string): Promise<Conversation<DeskTicket> | null> {
    const ticket = isRowId(id) ? await this.database.manager.findOneBy(TicketRow, { id }) : null;
    if (!ticket) return null;
    const where = { ticketId: id };
    const rows = await this.database.manager.find(TicketMessageRow, { where, order: { place: 'ASC' } });
    return { ticket, messages: rows.map(messageOf) };
  }
}

function narrow(
  query: SelectQueryBuilder<TicketRow>,
  { state, accountId, text = '', assigneeId }: Omit<TicketQueueQuery, 'after' | 'limit'>,
): void {
  if (state !== undefined) query.andWhere('ticket.state = :state', { state });
  if (accountId !== undefined) query.andWhere('ticket.accountId = :accountId', { accountId });
  if (assigneeId === null) query.andWhere('ticket.assigneeId IS NULL');
  else if (assigneeId !== undefined) query.andWhere('ticket.assigneeId = :assigneeId', { assigneeId });
  ticketConditions(text).forEach((condition) => query.andWhere(condition));
}

// The first condition alone lets the database start its index scan at the right place.
const behind = 'ticket.changedAt <= :changedAt AND (ticket.changedAt < :changedAt OR ticket.id < :id)';
