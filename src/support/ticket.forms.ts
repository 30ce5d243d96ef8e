import { IsString, Matches, MaxLength } from 'class-validator';
import { type FormPage, keptText } from '../portal/forms/form.js';
import type { Conversation, Ticket } from './ticket.js';

/** At least one visible character. Unpaired surrogates and NUL are refused, because databases refuse them. */
const readable = /^[^\0\p{Cs}]*[^\s\0\p{Cs}][^\0\p{Cs}]*$/u;

/** A message in a ticket. Its limit is the limit of a request: 64 kB. */
export class MessageForm {
  @IsString({ message: 'tickets.body-needed' })
  @Matches(readable, { message: 'tickets.body-needed' })
  body: string;
}

/** The form that opens a ticket. */
export class NewTicketForm extends MessageForm {
  @IsString({ message: 'tickets.subject-needed' })
  @MaxLength(200, { message: 'tickets.subject-long' })
  // One line: control characters would reach the headers of mails.
  @Matches(/^[^\p{Cc}\p{Cs}]*[^\s\p{C}][^\p{Cc}\p{Cs}]*$/u, { message: 'tickets.subject-needed' })
  subject: string;
}

/** The list with the form again; it keeps the typed text. */
export const newTicketPage =
  (tickets: readonly Ticket[]): FormPage =>
  (errors, body) => ({
    view: 'support/tickets',
    model: {
      tickets,
      errors,
      subject: keptText(body['subject'], 200),
      body: keptText(body['body'], 65_536),
    },
  });

/** The conversation with the form again; it keeps the typed text. */
export const replyPage =
  (conversation: Conversation): FormPage =>
  (errors, body) => ({
    view: 'support/ticket',
    model: { ...conversation, errors, body: keptText(body['body'], 65_536) },
  });
