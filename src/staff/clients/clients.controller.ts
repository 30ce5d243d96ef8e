import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { roles } from '../../accounts/account.js';
import { currentAccount } from '../../accounts/current-account.js';
import { Staff } from '../../auth/common/access.decorators.js';
import { isRowId } from '../../database/row-id.js';
import { Pages } from '../../pages/pages.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { flashFromQuery } from '../../portal/http/flash.js';
import { ClientList } from './client-list.js';
import { clientJson, detailsJson } from './client.json.js';
import { ClientPage } from './client-page.js';
import type { ClientRecord } from './client-row.js';
import { Clients } from './clients.service.js';
import { OfferedActsReader } from './offered-acts.js';

/** Lets staff find and read the accounts of the portal. */
@Controller('staff/clients')
@Staff()
export class ClientsController {
  constructor(
    private readonly clientList: ClientList,
    private readonly clients: Clients,
    private readonly page: ClientPage,
    private readonly offers: OfferedActsReader,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const page = await this.clientList.page(query);
    await this.pages.answer(request, response, {
      view: 'staff/clients',
      model: { ...page, roles },
      json: { clients: page.clients.map(clientJson), next: page.next },
    });
  }

  @Get(':id')
  async show(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const client = await this.find(id);
    const details = await this.page.details(request, client);
    const own = currentAccount(request).id === client.id;
    const admin = currentAccount(request).role === 'admin';
    const offered = await this.offers.of(request, client.id);
    const names = offered.acts.map(({ name }) => name);
    const done = flashFromQuery(request, [...this.offers.names(), 'noted']);
    await this.pages.answer(request, response, {
      view: 'staff/client',
      model: { client, own, admin, details, offered, done },
      json: { ...(details && detailsJson(details)), client: clientJson(client), acts: names },
    });
  }

  private async find(id: string): Promise<ClientRecord> {
    const client = isRowId(id) ? await this.clients.byId(id) : null;
    if (!client) throw new PortalProblem('NOT_FOUND', 'There is no such client.');
    return client;
  }
}
