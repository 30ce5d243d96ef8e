import { Injectable } from '@nestjs/common';
import type { Invoice } from '../../billing/invoices/invoice.js';
import { type Owed, Invoices } from '../../billing/invoices/invoices.service.js';
import type { Service } from '../../billing/services/service.js';
import { Services } from '../../billing/services/services.service.js';
import { TicketQueue } from '../../support/ticket-queue.js';
import type { DeskTicket } from '../../support/ticket.js';

/** Number of invoices and tickets shown. */
const latest = 5;

/** A summary of a client's services, invoices and tickets. */
export interface Brief {
  readonly services: readonly Service[];
  readonly invoices: readonly Invoice[];
  readonly due: readonly Owed[];
  readonly tickets: readonly DeskTicket[];
}

/** Collects the data of one account from the other modules. */
@Injectable()
export class ClientBrief {
  constructor(
    private readonly services: Services,
    private readonly invoices: Invoices,
    private readonly desk: TicketQueue,
  ) {}

  async load(accountId: string): Promise<Brief> {
    return {
      services: await this.services.ofAccount(accountId),
      invoices: await this.invoices.ofAccount(accountId, latest),
      due: await this.invoices.owed(accountId),
      tickets: await this.desk.list({ accountId, limit: latest }),
    };
  }
}
