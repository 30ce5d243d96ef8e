import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { roles } from '../accounts/account.js';
import { currentAccount } from '../accounts/current-account.js';
import { Staff } from '../auth/marks.js';
import { isRowId } from '../database/row-id.js';
import { Pages } from '../pages/pages.js';
import { PortalProblem } from '../portal/problem.js';
import { placeText, readClientFilter } from './client-filter.js';
import { clientJson, detailsJson } from './client.json.js';
import { ClientPage } from './client-page.js';
import { type Client, Clients } from './clients.service.js';

/** Clients a page. */
const pageSize = 50;

/** The accounts of the portal, for staff: to find and to read. */
@Controller('staff/clients')
@Staff()
export class ClientsController {
  constructor(
    private readonly clients: Clients,
    private readonly page: ClientPage,
    private readonly pages: Pages,
  ) {}

  /** Whatever is typed finds somebody or nobody. */
  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { after, ...filter } = readClientFilter(query);
    // One more than shown tells whether there are more.
    const found = await this.clients.list({ ...filter, ...(after && { after }) }, pageSize + 1);
    const clients = found.slice(0, pageSize);
    const last = found.length > pageSize ? clients.at(-1) : undefined;
    const next = last ? placeText(last) : null;
    const narrowed = Object.values(filter).some((value) => value !== '');
    await this.pages.answer(request, response, {
      view: 'staff/clients',
      model: { clients, filter, narrowed, next, roles },
      json: { clients: clients.map(clientJson), next },
    });
  }

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const client = await this.find(id);
    const details = await this.page.details(request, client);
    const own = currentAccount(request).id === client.id;
    const admin = currentAccount(request).role === 'admin';
    await this.pages.answer(request, response, {
      view: 'staff/client',
      model: { client, own, admin, details },
      json: { client: clientJson(client), ...(details && detailsJson(details)) },
    });
  }

  private async find(id: string): Promise<Client> {
    const client = isRowId(id) ? await this.clients.byId(id) : null;
    if (!client) throw new PortalProblem('NOT_FOUND', 'There is no such client.');
    return client;
  }
}
