import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../accounts/current-account.js';
import { TokenScope } from '../api-tokens/bearer/token-scope.decorator.js';
import { SignedIn } from '../auth/common/access.decorators.js';
import { OpenToAgents } from '../impersonation/open-to-agents.decorator.js';
import { Pages } from '../pages/pages.js';
import { readForm } from '../portal/forms/form.js';
import { redirect } from '../portal/http/redirect.js';
import { flashFromQuery } from '../portal/http/flash.js';
import { PortalProblem } from '../portal/problems/problem.js';
import type { Conversation } from './ticket.js';
import { MessageForm, NewTicketForm, newTicketPage, replyPage } from './ticket.forms.js';
import { conversationJson, ticketJson } from './ticket.json.js';
import { Tickets } from './tickets.service.js';

/** The confirmations that a ticket's page can show. */
const flashes = ['replied', 'closed'] as const;

/** The tickets of the signed-in person. */
@Controller('tickets')
@SignedIn()
export class TicketsController {
  constructor(
    private readonly tickets: Tickets,
    private readonly pages: Pages,
  ) {}

  @Get()
  @OpenToAgents()
  @TokenScope('tickets:write')
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const tickets = await this.tickets.ofAccount(currentAccount(request).id);
    const json = { tickets: tickets.map(ticketJson) };
    await this.pages.answer(request, response, { view: 'support/tickets', model: { tickets }, json });
  }

  @Post()
  @OpenToAgents()
  @TokenScope('tickets:write')
  @HttpCode(200)
  async open(@Req() request: Request, @Res() response: Response): Promise<void> {
    const account = currentAccount(request);
    const page = newTicketPage(await this.tickets.ofAccount(account.id));
    const { subject, body } = readForm(NewTicketForm, request.body, page);
    const id = await this.tickets.open(request, account, { subject: subject.trim(), body });
    redirect(request, response, `/tickets/${id}`, { status: 'open', id });
  }

  @Get(':id')
  @OpenToAgents()
  @TokenScope('tickets:write')
  async read(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const conversation = await this.own(request, id);
    const json = conversationJson(conversation);
    await this.pages.answer(request, response, {
      view: 'support/ticket',
      model: { ...conversation, done: flashFromQuery(request, flashes) },
      json,
    });
  }

  @Post(':id')
  @OpenToAgents()
  @TokenScope('tickets:write')
  @HttpCode(200)
  async reply(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const { body } = readForm(MessageForm, request.body, replyPage(await this.own(request, id)));
    if (!(await this.tickets.reply(request, currentAccount(request), id, body))) throw noTicket();
    redirect(request, response, `/tickets/${id}?done=replied`, { status: 'open', id });
  }

  /** Closing a closed ticket changes nothing. */
  @Post(':id/close')
  @OpenToAgents()
  @TokenScope('tickets:write')
  @HttpCode(200)
  async close(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const { ticket } = await this.own(request, id);
    if (ticket.state !== 'closed') await this.tickets.close(request, currentAccount(request), id);
    redirect(request, response, `/tickets/${id}?done=closed`, { status: 'closed', id });
  }

  private async own(request: Request, id: string): Promise<Conversation> {
    const conversation = await this.tickets.conversation(currentAccount(request).id, id);
    if (!conversation) throw noTicket();
    return conversation;
  }
}

/** The same answer for an unknown ticket and for another account's ticket. */
function noTicket(): PortalProblem {
  return new PortalProblem('NOT_FOUND', 'You have no such ticket.');
}
