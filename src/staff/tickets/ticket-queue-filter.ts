import { readPlace } from '../../database/list-page.js';
import { ticketStates } from '../../support/ticket.entity.js';
import type { TicketQueueQuery } from '../../support/ticket-queue.js';
import { firstQueryValue } from '../common/first-query-value.js';

/** The filter of the ticket queue. */
export type TicketQueueFilter = Pick<TicketQueueQuery, 'state' | 'after'>;

/** Invalid values are ignored. */
export function readTicketQueueFilter(query: Readonly<Record<string, unknown>>): TicketQueueFilter {
  const state = ticketStates.find((each) => each === query['state']);
  const after = readPlace(firstQueryValue(query['after']));
  return { ...(state && { state }), ...(after && { after }) };
}
