import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { TokenScope } from '../../api-tokens/bearer/token-scope.decorator.js';
import { SignedIn } from '../../auth/common/access.decorators.js';
import { LayoutContexts } from '../../pages/layout-contexts.js';
import { OpenToAgents } from '../../impersonation/open-to-agents.decorator.js';
import { Pages } from '../../pages/pages.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { toIsoDates } from '../../portal/to-iso-dates.js';
import { percentText } from '../figures.js';
import { Invoices } from './invoices.service.js';

/** The invoices of the signed-in person, and a printable page for each. */
@Controller('invoices')
@SignedIn()
export class InvoicesController {
  constructor(
    private readonly invoices: Invoices,
    private readonly pages: Pages,
    private readonly layoutContexts: LayoutContexts,
  ) {}

  @Get()
  @OpenToAgents()
  @TokenScope('invoices:read')
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const invoices = await this.invoices.ofAccount(currentAccount(request).id);
    await this.pages.answer(request, response, {
      view: 'billing/invoices',
      model: { invoices },
      json: { invoices: invoices.map(toIsoDates) },
    });
  }

  /** Another account's invoice gets the same answer as an unknown one. */
  @Get(':id')
  @OpenToAgents()
  @TokenScope('invoices:read')
  async one(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const invoice = await this.invoices.find(currentAccount(request).id, id);
    if (!invoice) throw new PortalProblem('NOT_FOUND', 'There is no such invoice.');
    const locale = this.layoutContexts.localeOf(request);
    const taxes = invoice.taxes.map(({ percent, cents }) => ({ rate: percentText(percent, locale), cents }));
    await this.pages.answer(request, response, {
      view: 'billing/invoice',
      model: { invoice, taxes },
      json: { invoice: toIsoDates(invoice) },
    });
  }
}
