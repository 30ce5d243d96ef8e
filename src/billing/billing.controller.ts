import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../accounts/current-account.js';
import { SignedIn } from '../auth/marks.js';
import { Pages } from '../pages/pages.js';
import type { Invoice } from './invoice.js';
import { Invoices } from './invoices.service.js';

/** How many invoices the home page shows. */
const latest = 5;

/** The Client Area's home, and the invoices of whoever is signed in. */
@Controller()
@SignedIn()
export class BillingController {
  constructor(
    private readonly invoices: Invoices,
    private readonly pages: Pages,
  ) {}

  @Get()
  async home(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { id, name, email } = currentAccount(request);
    const [invoices, due] = [await this.invoices.ofAccount(id, latest), await this.invoices.owed(id)];
    const unpaid = due.reduce((sum, each) => sum + each.invoices, 0);
    const facts = { invoices, due, unpaid };
    const json = { account: { name, email }, ...facts, invoices: invoices.map(dated) };
    await this.pages.answer(request, response, { view: 'billing/home', model: facts, json });
  }

  @Get('invoices')
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const invoices = await this.invoices.ofAccount(currentAccount(request).id);
    await this.pages.answer(request, response, {
      view: 'billing/invoices',
      model: { invoices },
      json: { invoices: invoices.map(dated) },
    });
  }
}

/** Programs get times as text (RFC 3339). */
function dated({ issuedAt, dueAt, paidAt, ...facts }: Invoice): Record<string, unknown> {
  const [issued, due] = [new Date(issuedAt).toISOString(), new Date(dueAt).toISOString()];
  const paid = paidAt === null ? null : new Date(paidAt).toISOString();
  return { ...facts, issuedAt: issued, dueAt: due, paidAt: paid };
}
