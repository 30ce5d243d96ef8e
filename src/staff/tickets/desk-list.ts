import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from '../../accounts/accounts.service.js';
import { listPage, placeText } from '../../database/list-page.js';
import { TicketRow } from '../../support/ticket.entity.js';
import { TicketDesk } from '../../support/ticket-desk.js';
import type { DeskTicket } from '../../support/ticket.js';
import type { DeskFilter } from './desk-filter.js';

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
    const { shown, last } = await listPage(size, (limit) => this.desk.list({ ...filter, limit }));
    const emails = await this.accounts.emailsOf([...new Set(shown.map(({ accountId }) => accountId))]);
    return {
      tickets: shown.map((ticket) => ({
        ...ticket,
        client: emails.get(ticket.accountId) ?? ticket.accountId,
      })),
      next: last ? placeText({ at: last.changedAt, id: last.id }) : null,
    };
  }
}
