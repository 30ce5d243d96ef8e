import { randomInt, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, type EntityManager, In } from 'typeorm';
import { actorOf } from '../auth/actor.js';
import { Clock } from '../clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PortalEvents } from '../events/portal-events.js';
import {
  type Author,
  type Conversation,
  type NewTicket,
  type Ticket,
  isTicketId,
  messageOf,
  ticketOf,
} from './ticket.js';
import { TicketMessageRow } from './ticket-message.entity.js';
import { TicketRow, type TicketState } from './ticket.entity.js';

/** Whose ticket: an owner's look-ups carry the account; staff reach every one. */
type Which = { readonly id: string; readonly accountId?: string };

/** Tickets. What a customer asks for carries their account: nobody reads or writes in another's. */
@Injectable()
export class Tickets {
  constructor(
    private readonly database: DataSource,
    private readonly units: UnitOfWork,
    private readonly events: PortalEvents,
    private readonly clock: Clock,
  ) {}

  /** The account's tickets, the latest changed first. */
  async ofAccount(accountId: string): Promise<Ticket[]> {
    const order = { changedAt: 'DESC', id: 'ASC' } as const;
    const rows = await this.database.manager.find(TicketRow, { where: { accountId }, order });
    return rows.map(ticketOf);
  }

  /** The ticket of this account with all that was said in it; null when the account has no such ticket. */
  async conversation(accountId: string, id: string): Promise<Conversation | null> {
    const row = isTicketId(id) ? await this.database.manager.findOneBy(TicketRow, { id, accountId }) : null;
    if (!row) return null;
    const messages = await this.database.manager.find(TicketMessageRow, {
      where: { ticketId: id },
      order: { place: 'ASC' },
    });
    return { ticket: ticketOf(row), messages: messages.map(messageOf) };
  }

  /** Opens a ticket; answers its id. */
  open(author: Author, ticket: NewTicket): Promise<string> {
    return this.units.run((manager) => this.add(author, ticket, manager));
  }

  /** Opens a ticket in the unit at hand; answers its id. */
  async add(author: Author, { subject, body }: NewTicket, manager: EntityManager): Promise<string> {
    const [id, now] = [randomUUID(), this.clock.now()];
    const facts = { id, accountId: author.id, number: newNumber(), subject, state: 'open' } as const;
    await manager.insert(TicketRow, { ...facts, messages: 1, openedAt: now, changedAt: now });
    await this.write(author, body, { ticketId: id, place: 0, staff: 0 }, manager);
    return id;
  }

  /** The owner says more: the ticket is open (again). False when the account has no such ticket. */
  reply(author: Author, id: string, body: string): Promise<boolean> {
    return this.units.run(
      async (manager) => (await this.say(author, { id, accountId: author.id }, body, manager)) !== null,
    );
  }

  /** The owner needs no more help. False when the account has no such ticket that is not closed already. */
  async close(accountId: string, id: string): Promise<boolean> {
    const unclosed = { id, accountId, state: In<TicketState>(['open', 'answered']) };
    const change = { state: 'closed', changedAt: this.clock.now() } as const;
    return (await this.database.manager.update(TicketRow, unclosed, change)).affected === 1;
  }

  /**
   * Staff answer, and the owner is mailed (event `ticket.answered`, recorded in the same unit). Who may do so is for the
   * caller to see to. False when there is no such ticket.
   */
  answerAsStaff(request: Request | null, staff: Author, id: string, body: string): Promise<boolean> {
    return this.units.run(async (manager) => {
      const ticket = isTicketId(id) ? await this.say(staff, { id }, body, manager) : null;
      if (!ticket) return false;
      const data = { ticketId: id, number: ticket.number };
      const facts = { accountId: ticket.accountId, actor: actorOf(staff), data };
      await this.events.record('ticket.answered', facts, request, manager);
      return true;
    });
  }

  /** Takes the next place by the unit's first statement, so that two who write at once follow each other. */
  private async say(
    author: Author,
    which: Which,
    body: string,
    manager: EntityManager,
  ): Promise<TicketRow | null> {
    const state: TicketState = which.accountId === undefined ? 'answered' : 'open';
    const change = { state, changedAt: this.clock.now(), messages: () => 'messages + 1' };
    if ((await manager.update(TicketRow, which, change)).affected !== 1) return null;
    const row = await manager.findOneByOrFail(TicketRow, { id: which.id });
    const where = { ticketId: row.id, place: row.messages - 1, staff: state === 'answered' ? 1 : 0 };
    await this.write(author, body, where, manager);
    return row;
  }

  private async write(
    { id: authorId, name: authorName }: Author,
    body: string,
    where: Pick<TicketMessageRow, 'ticketId' | 'place' | 'staff'>,
    manager: EntityManager,
  ): Promise<void> {
    const row = { ...where, authorId, authorName, body, writtenAt: this.clock.now() };
    await manager.insert(TicketMessageRow, row);
  }
}

/** Letters that are not mistaken for digits, nor for each other (Crockford's base32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function newNumber(): string {
  return `T-${Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')}`;
}
