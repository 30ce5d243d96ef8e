import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { actorOf } from '../auth/common/actor.js';
import type { PortalEventName } from '../events/catalogue.js';
import { PortalEvents } from '../events/portal-events.js';
import type { Author } from './ticket.js';
import type { TicketRow } from './ticket.entity.js';

/** The events of tickets. */
type TicketEventName = Extract<PortalEventName, `ticket.${string}`>;

/** Who does what, and from where; no request: not over the web. */
export interface TicketAct {
  readonly name: TicketEventName;
  readonly by: Author;
  readonly request: Request | null;
}

/** Records what happens to tickets: which one, never what was said in it. */
@Injectable()
export class TicketEvents {
  constructor(private readonly events: PortalEvents) {}

  /** In the unit of the change. */
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
