import { readPlace } from '../../database/list-page.js';
import { ticketStates } from '../../support/ticket.entity.js';
import type { TicketQueueQuery } from '../../support/ticket-queue.js';
import { firstQueryValue } from '../common/first-query-value.js';
import { searchText } from '../common/search-text.js';

/** Whose tickets are listed: the viewer's, or those that nobody takes care of. */
export const assigneeChoices = ['me', 'nobody'] as const;

/** The filter of the ticket queue. A longer text is no filter: it would find nothing. */
export interface TicketQueueFilter extends Pick<TicketQueueQuery, 'state' | 'after'> {
  readonly text: string;
  readonly assignee?: (typeof assigneeChoices)[number];
}

/** Subjects are not longer. */
const longestSearch = 200;

/** Invalid values are ignored. */
export function readTicketQueueFilter(query: Readonly<Record<string, unknown>>): TicketQueueFilter {
  const state = ticketStates.find((each) => each === query['state']);
  const assignee = assigneeChoices.find((each) => each === query['assignee']);
  const after = readPlace(firstQueryValue(query['after']));
  const text = searchText(firstQueryValue(query['q'])).slice(0, longestSearch);
  return { text, ...(state && { state }), ...(assignee && { assignee }), ...(after && { after }) };
}
