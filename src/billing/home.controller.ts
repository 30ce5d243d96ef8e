import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../accounts/current-account.js';
import { SignedIn } from '../auth/common/access.decorators.js';
import { OpenToAgents } from '../impersonation/open-to-agents.decorator.js';
import { Banners } from '../pages/banners.js';
import { Pages } from '../pages/pages.js';
import { toIsoDates } from '../portal/to-iso-dates.js';
import { Invoices } from './invoices/invoices.service.js';
import type { Service } from './services/service.js';
import { Services } from './services/services.service.js';

/** Number of invoices on the home page. */
const latest = 5;

/** The home page of the Client Area: the person's services and unpaid invoices. */
@Controller()
@SignedIn()
export class HomeController {
  constructor(
    private readonly services: Services,
    private readonly invoices: Invoices,
    private readonly pages: Pages,
    private readonly banners: Banners,
  ) {}

  @Get()
  @OpenToAgents()
  async home(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { id, name, email } = currentAccount(request);
    const invoices = await this.invoices.ofAccount(id, latest);
    const due = await this.invoices.owed(id);
    const unpaid = due.reduce((sum, each) => sum + each.invoices, 0);
    const cards = await this.banners.homeCards(request);
    const services = summaryOf(await this.services.ofAccount(id));
    const next = services.next && toIsoDates(services.next);
    const json = { account: { name, email }, services: { ...services, next }, due, unpaid };
    await this.pages.answer(request, response, {
      view: 'billing/home',
      model: { services, invoices, due, unpaid, cards: cards.map((card) => card.html) },
      json: { ...json, invoices: invoices.map(toIsoDates), cards: cards.map((card) => card.json) },
    });
  }
}

/** The number of plans and domains, and the one that is billed next. Cancelled services do not count. */
function summaryOf(all: readonly Service[]) {
  const services = all.filter(({ status }) => status !== 'cancelled');
  const hosting = services.filter(({ kind }) => kind === 'hosting').length;
  const [first] = services;
  const next = first ? { id: first.id, label: first.label, dueAt: first.dueAt } : null;
  return { count: services.length, hosting, domains: services.length - hosting, next };
}
