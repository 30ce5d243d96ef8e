import { readPlace } from '../../database/list-page.js';
import { ticketStates } from '../../support/ticket.entity.js';
import type { DeskQuery } from '../../support/ticket-desk.js';
import { oneText } from '../common/one-text.js';

/** The filter of the ticket queue. */
export type DeskFilter = Pick<DeskQuery, 'state' | 'after'>;

/** Invalid values are ignored. */
export function readDeskFilter(query: Readonly<Record<string, unknown>>): DeskFilter {
  const state = ticketStates.find((each) => each === query['state']);
  const after = readPlace(oneText(query['after']));
  return { ...(state && { state }), ...(after && { after }) };
}
