import { randomInt, randomUUID } from 'node:crypto';
import { type EntityManager, In } from 'typeorm';
import type { Said, TicketWithMessages } from './ticket.js';
import { TicketMessageRow } from './ticket-message.entity.js';
import { TicketRow, type TicketState } from './ticket.entity.js';

/** Selects tickets: look-ups of owners contain the account; staff reach all tickets. */
export type TicketKey = Readonly<Partial<Pick<TicketRow, 'accountId'>> & Pick<TicketRow, 'id'>>;

/** Writes a ticket with all its messages, in the given transaction. */
export async function writeTicket(ticket: TicketWithMessages, manager: EntityManager): Promise<TicketRow> {
  const { owner, subject, state, messages } = ticket;
  const [first] = messages;
  const times = { openedAt: first.at, changedAt: (messages.at(-1) ?? first).at };
  const facts = { id: randomUUID(), accountId: owner.id, number: newNumber(), subject, state };
  const row = { ...facts, ...times, messages: messages.length, assigneeId: null };
  await manager.insert(TicketRow, row);
  const said = messages.map((each, place) => messageRow(row.id, place, each));
  await manager.insert(TicketMessageRow, said);
  return row;
}

/**
 * Adds a message to a ticket and sets its state. The transaction's first statement takes the next position, so two simultaneous
 * messages follow each other. Returns null when there is no such ticket.
 */
export async function say(
  which: TicketKey,
  said: Said,
  state: TicketState,
  manager: EntityManager,
): Promise<TicketRow | null> {
  const change = { state, changedAt: said.at, messages: () => 'messages + 1' };
  if ((await manager.update(TicketRow, which, change)).affected !== 1) return null;
  const row = await manager.findOneByOrFail(TicketRow, { id: which.id });
  await manager.insert(TicketMessageRow, messageRow(row.id, row.messages - 1, said));
  return row;
}

/** Closes a ticket, in the given transaction. Returns null when there is no such ticket, or when it is already closed. */
export async function closeTicket(
  which: TicketKey,
  at: number,
  manager: EntityManager,
): Promise<TicketRow | null> {
  const unclosed = { ...which, state: In<TicketState>(['open', 'answered']) };
  const closed = await manager.update(TicketRow, unclosed, { state: 'closed', changedAt: at });
  return closed.affected === 1 ? manager.findOneByOrFail(TicketRow, { id: which.id }) : null;
}

function messageRow(ticketId: string, place: number, { author, staff, body, at }: Said): TicketMessageRow {
  const by = { authorId: author.id, authorName: author.name, staff: staff ? 1 : 0 };
  return { ...by, ticketId, place, body, writtenAt: at };
}

/** Letters that cannot be confused with digits or with each other (Crockford's base32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function newNumber(): string {
  return `T-${Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')}`;
}
