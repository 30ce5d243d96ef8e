import type { Conversation, Ticket } from './ticket.js';

type TicketJson = Readonly<Record<string, unknown>>;

/** A ticket for programs, with times as text (RFC 3339). */
export function ticketJson({ id, number, subject, state, openedAt, changedAt }: Ticket): TicketJson {
  return { id, number, subject, state, openedAt: text(openedAt), changedAt: text(changedAt) };
}

/** A ticket with all its messages, for programs. */
export function conversationJson({ ticket, messages }: Conversation): TicketJson {
  const said = messages.map(({ writtenAt, ...facts }) => ({ ...facts, writtenAt: text(writtenAt) }));
  return { ticket: ticketJson(ticket), messages: said };
}

function text(at: number): string {
  return new Date(at).toISOString();
}
