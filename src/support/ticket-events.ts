import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { actorOf } from '../auth/common/actor.js';
import type { PortalEventName } from '../events/catalogue.js';
import { PortalEvents } from '../events/portal-events.js';
import type { Author } from './ticket.js';
import type { TicketRow } from './ticket.entity.js';

/** The names of the ticket events. */
type TicketEventName = Extract<PortalEventName, `ticket.${string}`>;

/** The actor and the origin; without request: not over the web. */
export interface TicketAct {
  readonly name: TicketEventName;
  readonly by: Author;
  readonly request: Request | null;
}

/** Records changes of tickets: the ticket, never the text of a message. */
@Injectable()
export class TicketEvents {
  constructor(private readonly events: PortalEvents) {}

  /** Runs in the transaction of the change. */
  async record({ name, by, request }: TicketAct, ticket: TicketRow, manager: EntityManager): Promise<void> {
    const data = { ticketId: ticket.id, number: ticket.number };
    await this.events.record(
      name,
      { accountId: ticket.accountId, actor: actorOf(by), data },
      request,
      manager,
    );
  }
}
