import type { Account } from '../accounts/account.js';
import type { TicketMessageRow } from './ticket-message.entity.js';
import type { TicketRow } from './ticket.entity.js';

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

/** Can a ticket have this id? What has another shape is not looked up: some databases refuse odd characters. */
export function isTicketId(id: string): boolean {
  return /^[\w-]{1,64}$/.test(id);
}

/** The row as its owner sees it. */
export function ticketOf({ accountId: _, ...facts }: TicketRow): Ticket {
  return facts;
}

/** The row as it is read. */
export function messageOf({ authorName, staff, body, writtenAt }: TicketMessageRow): TicketMessage {
  return { author: authorName, staff: staff === 1, body, writtenAt };
}
