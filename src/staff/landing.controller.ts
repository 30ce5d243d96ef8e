import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../accounts/current-account.js';
import { Staff } from '../auth/common/access.decorators.js';
import { Pages } from '../pages/pages.js';
import { countsJson } from './clients/client.json.js';
import { Clients } from './clients/clients.service.js';
import { TicketQueueList } from './tickets/ticket-queue-list.js';

/** Number of open tickets on the landing page. */
const latest = 5;

/** The start page of staff: the number of clients, and the tickets that wait for an answer. */
@Controller('staff')
@Staff()
export class LandingController {
  constructor(
    private readonly clients: Clients,
    private readonly desk: TicketQueueList,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const counts = await this.clients.counts();
    const open = await this.desk.open();
    const { tickets } = await this.desk.page({ text: '', state: 'open' }, currentAccount(request).id, latest);
    await this.pages.answer(request, response, {
      view: 'staff/landing',
      model: { ...counts, openTickets: open, tickets },
      json: { ...countsJson(counts), openTickets: open },
    });
  }
}
