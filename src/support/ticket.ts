import type { Account } from '../accounts/account.js';
import type { TicketMessageRow } from './ticket-message.entity.js';
import type { TicketRow, TicketState } from './ticket.entity.js';

/** A ticket in a list. Times are UTC ms. */
export type Ticket = Omit<TicketRow, 'accountId' | 'assigneeId'>;

/** A ticket in the queue of staff, with its owner. */
export type DeskTicket = Readonly<TicketRow>;

/** The author of a message. */
export type Author = Pick<Account, 'id' | 'name' | 'role'>;

/** A message in a ticket. */
export interface TicketMessage {
  readonly author: string;
  /** Written by staff. */
  readonly staff: boolean;
  readonly body: string;
  /** UTC ms. */
  readonly writtenAt: number;
}

/** A ticket with all its messages, oldest first. */
export interface Conversation<T = Ticket> {
  readonly ticket: T;
  readonly messages: readonly TicketMessage[];
}

/** The content of a new ticket. */
export interface NewTicket {
  readonly subject: string;
  readonly body: string;
}

/** A ticket with its whole history, to be imported. */
export interface TicketWithMessages {
  readonly owner: Author;
  readonly subject: string;
  readonly state: TicketState;
  /** Oldest first; the first message opened the ticket. */
  readonly messages: readonly [Said, ...Said[]];
}

/** A message of an imported ticket. */
export interface Said {
  readonly author: Author;
  /** By staff, about another person's ticket. */
  readonly staff: boolean;
  readonly body: string;
  /** UTC ms. */
  readonly at: number;
}

/** The row as its owner sees it. */
export function ticketOf({ accountId: _, assigneeId: __, ...facts }: TicketRow): Ticket {
  return facts;
}

/** The row as it is read. */
export function messageOf({ authorName, staff, body, writtenAt }: TicketMessageRow): TicketMessage {
  return { author: authorName, staff: staff === 1, body, writtenAt };
}
