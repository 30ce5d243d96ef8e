import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../../auth/common/access.decorators.js';
import { redirect } from '../../portal/http/redirect.js';
import { PortalProblem, SeeOther } from '../../portal/problems/problem.js';
import { StaffAction } from '../common/own-factor.guard.js';
import { TicketDesk } from './ticket-desk.js';

/** What staff arrange among themselves about a ticket: who takes care of it, and notes. Its owner is not told. */
@Controller('staff/tickets/:id')
@Staff()
export class TicketDeskController {
  constructor(private readonly desk: TicketDesk) {}

  @Post('assign')
  @HttpCode(200)
  @StaffAction()
  async assign(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const assignee = await this.desk.assign(request, id);
    redirect(request, response, `/staff/tickets/${id}?done=assigned`, { status: 'assigned', id, assignee });
  }

  @Post('notes')
  @HttpCode(200)
  @StaffAction()
  async note(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const noteId = await this.desk.note(request, id);
    redirect(request, response, `/staff/tickets/${id}?done=noted`, { status: 'noted', id: noteId });
  }

  /** A reload or a restored tab opens the address of a button. */
  @Get(['assign', 'notes'])
  button(@Param('id') id: string): never {
    const problem = new PortalProblem('NOT_FOUND', 'This address only takes what a form sends.');
    throw new SeeOther(`/staff/tickets/${encodeURIComponent(id)}`, problem);
  }
}
