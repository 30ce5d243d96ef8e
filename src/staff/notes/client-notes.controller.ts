import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { Staff } from '../../auth/common/access.decorators.js';
import { Pages } from '../../pages/pages.js';
import { type FormPage, keptText, readForm } from '../../portal/forms/form.js';
import { redirect } from '../../portal/http/redirect.js';
import { StaffAction } from '../common/own-factor.guard.js';
import { ClientNotes } from './client-notes.js';
import { longestNote, NoteForm } from './note.form.js';
import { noteJson } from './note.json.js';
import { Notes } from './notes.service.js';

/** Notes of staff about a client. They need an own factor and, as an answer to a ticket, no confirmation. */
@Controller('staff/clients/:id/notes')
@Staff()
export class ClientNotesController {
  constructor(
    private readonly clientNotes: ClientNotes,
    private readonly notes: Notes,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const agent = currentAccount(request);
    const client = await this.clientNotes.writable(agent, id);
    const notes = await this.clientNotes.of(agent, client.id);
    await this.pages.answer(request, response, {
      view: 'staff/notes',
      model: { client, notes },
      json: { notes: notes.map(noteJson) },
    });
  }

  @Post()
  @HttpCode(200)
  @StaffAction()
  async add(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const agent = currentAccount(request);
    const client = await this.clientNotes.writable(agent, id);
    const page = again({ client, notes: await this.clientNotes.of(agent, client.id) });
    const { note } = readForm(NoteForm, request.body, page);
    const place = { about: 'client', aboutId: client.id, accountId: client.id } as const;
    const noteId = await this.notes.add(request, place, note);
    redirect(request, response, `/staff/clients/${client.id}?done=noted`, { status: 'noted', id: noteId });
  }
}

/** The page with the form again; it keeps the typed text. */
function again(model: Readonly<Record<string, unknown>>): FormPage {
  return (errors, body) => ({
    view: 'staff/notes',
    model: { ...model, errors, note: keptText(body['note'], longestNote) },
  });
}
