import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import { isRowId } from '../database/row-id.js';
import { TicketEvents } from './ticket-events.js';
import type { Author } from './ticket.js';
import { TicketRow } from './ticket.entity.js';

/** Says who of the staff takes care of a ticket. The caller must check the permission. */
@Injectable()
export class TicketAssignments {
  constructor(
    private readonly database: DataSource,
    private readonly events: TicketEvents,
  ) {}

  /**
   * `assigneeId`: null for nobody. The ticket keeps its place in the queue, and its owner is not told. Returns false when there
   * is no such ticket. Nothing is recorded where nothing changes.
   */
  assign(request: Request | null, by: Author, id: string, assigneeId: string | null): Promise<boolean> {
    if (!isRowId(id)) return Promise.resolve(false);
    return transaction(this.database, async (manager) => {
      const others = manager
        .createQueryBuilder()
        .update(TicketRow)
        .set({ assigneeId })
        .where('id = :id', { id });
      if (assigneeId === null) others.andWhere('assignee_id IS NOT NULL');
      else others.andWhere('(assignee_id IS NULL OR assignee_id <> :assigneeId)', { assigneeId });
      const isChanged = (await others.execute()).affected === 1;
      const ticket = await manager.findOneBy(TicketRow, { id });
      if (ticket && isChanged)
        await this.events.record({ name: 'ticket.assigned', by, request }, ticket, manager);
      return ticket !== null;
    });
  }
}
