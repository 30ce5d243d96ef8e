import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { type FormPage, keptText, readForm, refusedForm } from '../../portal/forms/form.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import type { Conversation, DeskTicket } from '../../support/ticket.js';
import type { TicketState } from '../../support/ticket.entity.js';
import { TicketAnswers } from '../../support/ticket-answers.js';
import { TicketQueue } from '../../support/ticket-queue.js';
import { AnswerForm } from './answer.form.js';
import type { Note } from '../notes/notes.service.js';
import type { Assignee } from './assignees.js';
import { TicketInside } from './ticket-inside.js';
import { StaffActions } from '../common/staff-actions.js';

/** The model of a ticket's page for staff. */
export interface DeskConversation extends Conversation<DeskTicket> {
  /** E-mail address of the ticket's owner; null when the account is gone. */
  readonly email: string | null;
  /** The viewer's own ticket: another staff member must answer it. */
  readonly own: boolean;
  /** The address where the viewer sets up a factor first. Null: forms from the page are accepted. */
  readonly setUpFirst: string | null;
  /** Notes of staff, newest first; none on the viewer's own ticket. */
  readonly notes: readonly Note[];
  /** The staff who can take care of it. */
  readonly assignees: readonly Assignee[];
}

/** A ticket in the queue: staff read it, answer it, close it. */
@Injectable()
export class TicketReplies {
  constructor(
    private readonly desk: TicketQueue,
    private readonly answers: TicketAnswers,
    private readonly accounts: Accounts,
    private readonly acts: StaffActions,
    private readonly inside: TicketInside,
  ) {}

  /** @throws PortalProblem NOT_FOUND */
  async page(request: Request, id: string): Promise<DeskConversation> {
    const conversation = await this.desk.conversation(id);
    if (!conversation) throw new PortalProblem('NOT_FOUND', 'There is no such ticket.');
    const { accountId } = conversation.ticket;
    const email = (await this.accounts.emailsOf([accountId])).get(accountId) ?? null;
    const own = accountId === currentAccount(request).id;
    const inside = await this.inside.of(id, own);
    return { ...conversation, ...inside, email, own, setUpFirst: await this.acts.lacksFactor(request) };
  }

  /**
   * Handles the form of the page, and returns the new state of the ticket.
   * @throws PortalProblem NOT_FOUND; FORBIDDEN for one's own ticket; INVALID_INPUT when the form contains neither an answer nor
   * a change.
   */
  async take(request: Request, id: string): Promise<TicketState> {
    const shown = await this.page(request, id);
    if (shown.own) throw new PortalProblem('FORBIDDEN', 'Another staff member must answer your own ticket.');
    const form = readForm(AnswerForm, request.body, again(shown));
    const [body, closes] = [form.body ?? '', Boolean(form.close)];
    const says = body.trim() !== '';
    if (!says && !closes) throw nothingSaid(again(shown), body);
    await this.answers.take(request, currentAccount(request), id, { answer: says ? body : null, closes });
    return closes ? 'closed' : 'answered';
  }
}

/** The page with the form again; it keeps the typed text. */
function again(shown: DeskConversation): FormPage {
  return (errors, body) => ({
    view: 'staff/ticket',
    model: { ...shown, errors, body: keptText(body['body'], 65_536) },
  });
}

function nothingSaid(page: FormPage, body: string): PortalProblem {
  return refusedForm([{ field: 'body', key: 'tickets.body-needed' }], page, { body });
}
