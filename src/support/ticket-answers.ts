import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { isRowId } from '../database/row-id.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { TicketEvents } from './ticket-events.js';
import type { Author } from './ticket.js';
import type { TicketRow } from './ticket.entity.js';
import { closeTicket, say } from './ticket-writes.js';

/** What staff have for a ticket: an answer, its end, or both. */
export interface StaffWord {
  /** Null: they say nothing. */
  readonly answer: string | null;
  readonly closes: boolean;
}

/** What staff do with anybody's ticket. Who may do so is for the caller to see to. */
@Injectable()
export class TicketAnswers {
  constructor(
    private readonly units: UnitOfWork,
    private readonly events: TicketEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Answers, closes, or both, in one unit with the events that tell of it (`ticket.answered` mails the owner). False when
   * there is no such ticket; one that is only to be closed, and is already, counts as none.
   */
  take(request: Request | null, by: Author, id: string, word: StaffWord): Promise<boolean> {
    if (!isRowId(id)) return Promise.resolve(false);
    return this.units.run(async (manager) => {
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
