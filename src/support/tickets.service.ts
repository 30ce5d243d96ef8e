import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import { Clock } from '../clock.js';
import { isRowId } from '../database/row-id.js';
import { writerOf } from './ticket-writer.js';
import { TicketEvents } from './ticket-events.js';
import {
  type Author,
  type Conversation,
  type NewTicket,
  type Ticket,
  type TicketWithMessages,
  messageOf,
  ticketOf,
} from './ticket.js';
import { TicketMessageRow } from './ticket-message.entity.js';
import { TicketRow } from './ticket.entity.js';
import { closeTicket, say, writeTicket } from './ticket-writes.js';

/** The tickets of customers. Every query contains their account, so another account's ticket can be neither read nor changed. */
@Injectable()
export class Tickets {
  constructor(
    private readonly database: DataSource,
    private readonly events: TicketEvents,
    private readonly clock: Clock,
  ) {}

  /** The account's tickets, the most recently changed first. */
  async ofAccount(accountId: string): Promise<Ticket[]> {
    const order = { changedAt: 'DESC', id: 'DESC' } as const;
    const rows = await this.database.manager.find(TicketRow, { where: { accountId }, order });
    return rows.map(ticketOf);
  }

  /** The ticket of this account with all its messages; null when the account has no such ticket. */
  async conversation(accountId: string, id: string): Promise<Conversation | null> {
    const row = isRowId(id) ? await this.database.manager.findOneBy(TicketRow, { id, accountId }) : null;
    if (!row) return null;
    const messages = await this.database.manager.find(TicketMessageRow, {
      where: { ticketId: id },
      order: { place: 'ASC' },
    });
    return { ticket: ticketOf(row), messages: messages.map(messageOf) };
  }

  /** Opens a ticket; returns its id. */
  open(request: Request | null, owner: Author, { subject, body }: NewTicket): Promise<string> {
    const first = { ...writerOf(request, owner), body, at: this.clock.now() };
    return transaction(this.database, async (manager) => {
      const ticket = await writeTicket({ owner, subject, state: 'open', messages: [first] }, manager);
      await this.events.record({ name: 'ticket.opened', by: owner, request }, ticket, manager);
      return ticket.id;
    });
  }

  /** Adds a ticket with its history, in the given transaction. It records no event and sends no mail. */
  async add(ticket: TicketWithMessages, manager: EntityManager): Promise<void> {
    await writeTicket(ticket, manager);
  }

  /** Adds a message of the owner; the ticket is open (again). Returns false when the account has no such ticket. */
  reply(request: Request | null, owner: Author, id: string, body: string): Promise<boolean> {
    const said = { ...writerOf(request, owner), body, at: this.clock.now() };
    return transaction(this.database, async (manager) => {
      const ticket = await say({ id, accountId: owner.id }, said, 'open', manager);
      if (!ticket) return false;
      await this.events.record({ name: 'ticket.replied', by: owner, request }, ticket, manager);
      return true;
    });
  }

  /** Closes the owner's ticket. Returns false when the account has no such ticket, or when it is already closed. */
  close(request: Request | null, owner: Author, id: string): Promise<boolean> {
    return transaction(this.database, async (manager) => {
      const ticket = await closeTicket({ id, accountId: owner.id }, this.clock.now(), manager);
      if (!ticket) return false;
      await this.events.record({ name: 'ticket.closed', by: owner, request }, ticket, manager);
      return true;
    });
  }
}
