import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../auth/common/marks.js';
import { Pages } from '../pages/pages.js';
import { countsJson } from './clients/client.json.js';
import { Clients } from './clients/clients.service.js';
import { DeskList } from './tickets/desk-list.js';

/** How many of the open tickets the landing page shows. */
const latest = 5;

/** Where staff begin: how many there are, and who waits for an answer. */
@Controller('staff')
@Staff()
export class LandingController {
  constructor(
    private readonly clients: Clients,
    private readonly desk: DeskList,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const counts = await this.clients.counts();
    const open = await this.desk.open();
    const { tickets } = await this.desk.page({ state: 'open' }, latest);
    await this.pages.answer(request, response, {
      view: 'staff/landing',
      model: { ...counts, openTickets: open, tickets },
      json: { ...countsJson(counts), openTickets: open },
    });
  }
}
