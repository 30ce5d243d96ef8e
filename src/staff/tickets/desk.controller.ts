import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../../auth/common/marks.js';
import { Pages } from '../../pages/pages.js';
import { goTo } from '../../portal/http/go-to.js';
import { justDone } from '../../portal/http/just-done.js';
import { conversationJson, ticketJson } from '../../support/ticket.json.js';
import { ticketStates } from '../../support/ticket.entity.js';
import { Act } from '../common/own-factor.guard.js';
import { Answering } from './answering.js';
import { readDeskFilter } from './desk-filter.js';
import { DeskList, type ListedTicket } from './desk-list.js';

/** The confirmations that a ticket's page can show. */
const deeds = ['answered', 'closed'] as const;

/** Number of tickets per page. */
const pageSize = 50;

/** The ticket queue: all staff read it; answering requires a step-up. */
@Controller('staff/tickets')
@Staff()
export class DeskController {
  constructor(
    private readonly desk: DeskList,
    private readonly answering: Answering,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const filter = readDeskFilter(query);
    const { tickets, next } = await this.desk.page(filter, pageSize);
    await this.pages.answer(request, response, {
      view: 'staff/tickets',
      model: { tickets, next, state: filter.state, states: ticketStates },
      json: { tickets: tickets.map(listedJson), next },
    });
  }

  @Get(':id')
  async read(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const model = await this.answering.page(request, id);
    const json = { ...conversationJson(model), client: { id: model.ticket.accountId, email: model.email } };
    const done = justDone(request, deeds);
    await this.pages.answer(request, response, { view: 'staff/ticket', model: { ...model, done }, json });
  }

  @Post(':id')
  @HttpCode(200)
  @Act()
  async answer(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const state = await this.answering.take(request, id);
    goTo(request, response, `/staff/tickets/${id}?done=${state}`, { status: state, id });
  }
}

function listedJson(ticket: ListedTicket): Record<string, unknown> {
  return { ...ticketJson(ticket), client: { id: ticket.accountId, email: ticket.client } };
}
