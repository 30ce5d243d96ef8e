import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts/accounts.service.js';
import { TicketRow } from '../support/ticket.entity.js';
import { TicketDesk } from '../support/ticket-desk.js';
import type { DeskTicket } from '../support/ticket.js';
import { type DeskFilter, deskPlaceText } from './desk-filter.js';

/** A ticket with the e-mail address of whose it is; the bare id of an account that is gone. */
export type ListedTicket = DeskTicket & { readonly client: string };

/** A page of the desk's list; `next` is where the following one begins. */
export interface DeskPage {
  readonly tickets: readonly ListedTicket[];
  readonly next: string | null;
}

/** The tickets of everybody, with names instead of ids. */
@Injectable()
export class DeskList {
  constructor(
    private readonly database: DataSource,
    private readonly desk: TicketDesk,
    private readonly accounts: Accounts,
  ) {}

  /** How many wait for staff. */
  open(): Promise<number> {
    return this.database.manager.countBy(TicketRow, { state: 'open' });
  }

  /** Two statements, however many there are. */
  async page(filter: DeskFilter, size: number): Promise<DeskPage> {
    // One more than shown tells whether there are more.
    const found = await this.desk.list({ ...filter, limit: size + 1 });
    const shown = found.slice(0, size);
    const last = found.length > size ? shown.at(-1) : undefined;
    const emails = await this.accounts.emailsOf([...new Set(shown.map(({ accountId }) => accountId))]);
    return {
      tickets: shown.map((ticket) => ({
        ...ticket,
        client: emails.get(ticket.accountId) ?? ticket.accountId,
      })),
      next: last ? deskPlaceText(last) : null,
    };
  }
}
