import { ticketStates } from '../support/ticket.entity.js';
import type { DeskPlace, DeskQuery } from '../support/ticket-desk.js';
import { oneText } from './one-text.js';

/** What the desk's list was asked for. */
export type DeskFilter = Pick<DeskQuery, 'state' | 'after'>;

/** What cannot be meant is as if it had not been typed. */
export function readDeskFilter(query: Readonly<Record<string, unknown>>): DeskFilter {
  const state = ticketStates.find((each) => each === query['state']);
  const after = deskPlace(oneText(query['after']));
  return { ...(state && { state }), ...(after && { after }) };
}

/** A place of the list as it stands in addresses: `<time>-<id>`. */
export function deskPlaceText({ changedAt, id }: DeskPlace): string {
  return `${changedAt}-${id}`;
}

function deskPlace(text: string): DeskPlace | undefined {
  const [, changedAt, id] = /^(\d{1,15})-([\w-]{1,64})$/.exec(text) ?? [];
  return changedAt && id ? { changedAt: Number(changedAt), id } : undefined;
}
