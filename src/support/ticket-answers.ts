import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import { Clock } from '../clock.js';
import { isRowId } from '../database/row-id.js';
import { TicketEvents } from './ticket-events.js';
import type { Author } from './ticket.js';
import type { TicketRow } from './ticket.entity.js';
import { closeTicket, say } from './ticket-writes.js';

/** The change that staff make to a ticket: an answer, closing it, or both. */
export interface StaffWord {
  /** Null: no answer. */
  readonly answer: string | null;
  readonly closes: boolean;
}

/** Changes of staff to any ticket. The caller must check the permission. */
@Injectable()
export class TicketAnswers {
  constructor(
    private readonly database: DataSource,
    private readonly events: TicketEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Answers, closes, or both, in one transaction with the events (`ticket.answered` mails the owner). Returns false when there
   * is no such ticket. A ticket that is already closed cannot be closed again.
   */
  take(request: Request | null, by: Author, id: string, word: StaffWord): Promise<boolean> {
    if (!isRowId(id)) return Promise.resolve(false);
    return transaction(this.database, async (manager) => {
      const ticket = await this.write(by, id, word, manager);
      if (!ticket) return false;
      const { answer, closes } = word;
      if (answer !== null)
        await this.events.record({ name: 'ticket.answered', by, request }, ticket, manager);
      if (closes) await this.events.record({ name: 'ticket.closed', by, request }, ticket, manager);
      return true;
    });
  }

  private write(
    author: Author,
    id: string,
    { answer, closes }: StaffWord,
    manager: EntityManager,
  ): Promise<TicketRow | null> {
    const at = this.clock.now();
    if (answer === null) return closes ? closeTicket({ id }, at, manager) : Promise.resolve(null);
    return say({ id }, { author, staff: true, body: answer, at }, closes ? 'closed' : 'answered', manager);
  }
}
