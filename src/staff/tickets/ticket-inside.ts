import { Injectable } from '@nestjs/common';
import { type Note, Notes } from '../notes/notes.service.js';
import { type Assignee, Assignees } from './assignees.js';

/** Reads what staff arrange among themselves about a ticket. */
@Injectable()
export class TicketInside {
  constructor(
    private readonly notes: Notes,
    private readonly assignees: Assignees,
  ) {}

  /** `own`: the viewer's own ticket; its owner sees nothing of it. */
  async of(
    ticketId: string,
    own: boolean,
  ): Promise<{ notes: readonly Note[]; assignees: readonly Assignee[] }> {
    if (own) return { notes: [], assignees: [] };
    return { notes: await this.notes.of('ticket', ticketId), assignees: await this.assignees.list() };
  }
}
