import type { Account } from '../accounts/account.js';
import type { TicketMessageRow } from './ticket-message.entity.js';
import type { TicketRow, TicketState } from './ticket.entity.js';

/** A ticket in a list. Times are UTC ms. */
export type Ticket = Omit<TicketRow, 'accountId'>;

/** A ticket as the desk sees it: also whose it is. */
export type DeskTicket = Readonly<TicketRow>;

/** Who writes in a ticket. */
export type Author = Pick<Account, 'id' | 'name' | 'role'>;

/** Something said in a ticket. */
export interface TicketMessage {
  readonly author: string;
  /** Written by staff. */
  readonly staff: boolean;
  readonly body: string;
  /** UTC ms. */
  readonly writtenAt: number;
}

/** A ticket with everything said in it, oldest first. */
export interface Conversation<T = Ticket> {
  readonly ticket: T;
  readonly messages: readonly TicketMessage[];
}

/** What a ticket is opened with. */
export interface NewTicket {
  readonly subject: string;
  readonly body: string;
}

/** A ticket with its whole story, as it is written down afterwards. */
export interface ToldTicket {
  readonly owner: Author;
  readonly subject: string;
  readonly state: TicketState;
  /** Oldest first; the first is what it was opened with. */
  readonly messages: readonly [Said, ...Said[]];
}

/** Something that is said in a ticket. */
export interface Said {
  readonly author: Author;
  /** By staff, about somebody else's ticket. */
  readonly staff: boolean;
  readonly body: string;
  /** UTC ms. */
  readonly at: number;
}

/** The row as its owner sees it. */
export function ticketOf({ accountId: _, ...facts }: TicketRow): Ticket {
  return facts;
}

/** The row as it is read. */
export function messageOf({ authorName, staff, body, writtenAt }: TicketMessageRow): TicketMessage {
  return { author: authorName, staff: staff === 1, body, writtenAt };
}
