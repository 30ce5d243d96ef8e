import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { type FormPage, keptText, readForm, refusedForm } from '../../portal/forms/form.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { TicketAssignments } from '../../support/ticket-assignments.js';
import { longestNote, NoteForm } from '../notes/note.form.js';
import { Notes } from '../notes/notes.service.js';
import { AssignForm } from './assign.form.js';
import { Assignees } from './assignees.js';
import { type DeskConversation, TicketReplies } from './ticket-replies.js';

/** Reads the forms of a ticket that concern only staff. */
@Injectable()
export class TicketDesk {
  constructor(
    private readonly replies: TicketReplies,
    private readonly assignments: TicketAssignments,
    private readonly assignees: Assignees,
    private readonly notes: Notes,
  ) {}

  /**
   * Assigns the ticket; returns the staff member's id, or null for nobody.
   * @throws PortalProblem NOT_FOUND; FORBIDDEN for one's own ticket; INVALID_INPUT for who is no staff member.
   */
  async assign(request: Request, id: string): Promise<string | null> {
    const shown = await this.others(request, id);
    const { assignee } = readForm(AssignForm, request.body, again(shown));
    const assigneeId = assignee || null;
    const known = assigneeId === null || (await this.assignees.list()).some((each) => each.id === assigneeId);
    if (!known || assigneeId === shown.ticket.accountId)
      throw refusedForm([{ field: 'assignee', key: 'tickets.assignee-unknown' }], again(shown), {});
    await this.assignments.assign(request, currentAccount(request), id, assigneeId);
    return assigneeId;
  }

  /**
   * Adds a note; returns its id.
   * @throws PortalProblem NOT_FOUND; FORBIDDEN for one's own ticket; INVALID_INPUT without a text.
   */
  async note(request: Request, id: string): Promise<string> {
    const shown = await this.others(request, id);
    const { note } = readForm(NoteForm, request.body, again(shown));
    const { accountId } = shown.ticket;
    return this.notes.add(request, { about: 'ticket', aboutId: id, accountId }, note);
  }

  private async others(request: Request, id: string): Promise<DeskConversation> {
    const shown = await this.replies.page(request, id);
    if (shown.own) throw new PortalProblem('FORBIDDEN', 'Another staff member must handle your own ticket.');
    return shown;
  }
}

/** The page with the form again; it keeps the typed text. */
function again(shown: DeskConversation): FormPage {
  return (errors, body) => ({
    view: 'staff/ticket',
    model: { ...shown, errors, note: keptText(body['note'], longestNote) },
  });
}
