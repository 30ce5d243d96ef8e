import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { Staff } from '../../auth/common/access.decorators.js';
import { Pages } from '../../pages/pages.js';
import { redirect } from '../../portal/http/redirect.js';
import { flashFromQuery } from '../../portal/http/flash.js';
import { conversationJson, ticketJson } from '../../support/ticket.json.js';
import { ticketStates } from '../../support/ticket.entity.js';
import { noteJson } from '../notes/note.json.js';
import { StaffAction } from '../common/own-factor.guard.js';
import { TicketReplies } from './ticket-replies.js';
import { assigneeChoices, readTicketQueueFilter } from './ticket-queue-filter.js';
import { TicketQueueList, type ListedTicket } from './ticket-queue-list.js';

/** The confirmations that a ticket's page can show. */
const flashes = ['answered', 'closed', 'assigned', 'noted'] as const;

/** Number of tickets per page. */
const pageSize = 50;

/** The ticket queue: all staff read it; answering requires an own factor. */
@Controller('staff/tickets')
@Staff()
export class TicketQueueController {
  constructor(
    private readonly desk: TicketQueueList,
    private readonly ticketReplies: TicketReplies,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const filter = readTicketQueueFilter(query);
    const { tickets, next } = await this.desk.page(filter, currentAccount(request).id, pageSize);
    const narrowed = Boolean(filter.text || filter.state || filter.assignee);
    await this.pages.answer(request, response, {
      view: 'staff/tickets',
      model: { ...filter, tickets, next, narrowed, states: ticketStates, assignees: assigneeChoices },
      json: { tickets: tickets.map(listedJson), next },
    });
  }

  @Get(':id')
  async read(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const model = await this.ticketReplies.page(request, id);
    const json = {
      ...conversationJson(model),
      client: { id: model.ticket.accountId, email: model.email },
      assignee: model.ticket.assigneeId,
      notes: model.notes.map(noteJson),
    };
    const done = flashFromQuery(request, flashes);
    await this.pages.answer(request, response, { view: 'staff/ticket', model: { ...model, done }, json });
  }

  @Post(':id')
  @HttpCode(200)
  @StaffAction()
  async answer(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const state = await this.ticketReplies.take(request, id);
    redirect(request, response, `/staff/tickets/${id}?done=${state}`, { status: state, id });
  }
}

function listedJson(ticket: ListedTicket): Record<string, unknown> {
  const { accountId, client, assigneeId, assignee } = ticket;
  return {
    ...ticketJson(ticket),
    client: { id: accountId, email: client },
    assignee: assigneeId === null ? null : { id: assigneeId, email: assignee },
  };
}
