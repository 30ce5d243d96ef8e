import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Place } from '../database/list-page.js';
import { isRowId } from '../database/row-id.js';
import { type Conversation, type DeskTicket, messageOf } from './ticket.js';
import { TicketMessageRow } from './ticket-message.entity.js';
import { TicketRow, type TicketState } from './ticket.entity.js';

/** Which tickets the desk lists. */
export interface DeskQuery {
  readonly state?: TicketState;
  readonly accountId?: string;
  /** The time is when the ticket was last changed. */
  readonly after?: Place;
  readonly limit: number;
}

/** Everybody's tickets, for staff. Who may look is for the caller to see to. */
@Injectable()
export class TicketDesk {
  constructor(private readonly database: DataSource) {}

  /** The latest changed first. */
  list({ state, accountId, after, limit }: DeskQuery): Promise<DeskTicket[]> {
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

  /** Any ticket with all that was said in it; null when there is none. */
  async conversation(id: string): Promise<Conversation<DeskTicket> | null> {
    const ticket = isRowId(id) ? await this.database.manager.findOneBy(TicketRow, { id }) : null;
    if (!ticket) return null;
    const where = { ticketId: id };
    const rows = await this.database.manager.find(TicketMessageRow, { where, order: { place: 'ASC' } });
    return { ticket, messages: rows.map(messageOf) };
  }
}

// The first half alone is what databases begin an index at.
const behind = 'ticket.changedAt <= :changedAt AND (ticket.changedAt < :changedAt OR ticket.id < :id)';
