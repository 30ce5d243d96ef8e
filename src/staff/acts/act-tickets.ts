import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isRowId } from '../../database/row-id.js';
import { TicketRow } from '../../support/ticket.entity.js';
import type { ActTicket } from './act-order.js';

/** Finds the ticket that an agent named. */
@Injectable()
export class ActTickets {
  constructor(private readonly database: DataSource) {}

  /** `typed`: a number in any case, or an id. Null when this client has no such ticket. Runs one statement. */
  async find(typed: string, accountId: string): Promise<ActTicket | null> {
    if (!isRowId(typed)) return null;
    const which = [{ number: typed.toUpperCase() }, { id: typed }].map((each) => ({ ...each, accountId }));
    const row = await this.database.manager.findOne(TicketRow, { where: which });
    return row && { id: row.id, number: row.number };
  }
}
