import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Place } from '../database/list-page.js';
import { isRowId } from '../database/row-id.js';
import { type Conversation, type DeskTicket, messageOf } from './ticket.js';
import { TicketMessageRow } from './ticket-message.entity.js';
import { TicketRow, type TicketState } from './ticket.entity.js';

/** The filter of the ticket queue. */
export interface TicketQueueQuery {
  readonly state?: TicketState;
  readonly accountId?: string;
  /** The time is the last change of the ticket. */
  readonly after?: Place;
  readonly limit: number;
}

/** The tickets of all customers, for staff. The caller must check the permission. */
@Injectable()
export class TicketQueue {
  constructor(private readonly database: DataSource) {}

  /** The most recently changed first. */
  list({ state, accountId, after, limit }: TicketQueueQuery): Promise<DeskTicket[]> {
    const query = this.database.manager
      .createQueryBuilder(TicketRow, 'ticket')
      .orderBy('ticket.changedAt', 'DESC')
      .addOrderBy('ticket.id', 'DESC')
      .take(limit);
    if (state !== undefined) query.andWhere('ticket.state = :state', { state });
    if (accountId !== undefined) query.andWhere('ticket.accountId = :accountId', { accountId });
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

// The first condition alone lets the database start its index scan at the right place.
const behind = 'ticket.changedAt <= :changedAt AND (ticket.changedAt < :changedAt OR ticket.id < :id)';
