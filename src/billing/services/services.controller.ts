import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { TokenScope } from '../../api-tokens/bearer/token-scope.decorator.js';
import { SignedIn } from '../../auth/common/access.decorators.js';
import { OpenToAgents } from '../../impersonation/open-to-agents.decorator.js';
import { Pages } from '../../pages/pages.js';
import { readNothing } from '../../portal/forms/form.js';
import { Braked } from '../../portal/fresh/braked.decorator.js';
import { Fresh } from '../../portal/fresh/fresh.decorator.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { toIsoDates } from '../../portal/to-iso-dates.js';
import { DomainTitle } from '../domain-title.js';
import { EppRelease } from '../epp-release.js';
import { ServicePage } from './service.page.js';
import { Services } from './services.service.js';

/** The services of the signed-in person. Another account's service gets the same answer as an unknown one. */
@Controller('services')
@SignedIn()
export class ServicesController {
  constructor(
    private readonly services: Services,
    private readonly eppRelease: EppRelease,
    private readonly page: ServicePage,
    private readonly pages: Pages,
  ) {}

  @Get()
  @OpenToAgents()
  @TokenScope('services:read')
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const services = await this.services.ofAccount(currentAccount(request).id);
    const isHosting = ({ kind }: { kind: string }) => kind === 'hosting';
    const model = {
      hosting: services.filter(isHosting),
      domains: services.filter((each) => !isHosting(each)),
    };
    const json = { services: services.map(toIsoDates) };
    await this.pages.answer(request, response, { view: 'billing/services', model, json });
  }

  @Get(':id')
  @OpenToAgents()
  @TokenScope('services:read')
  async one(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const service = await this.services.find(currentAccount(request).id, id);
    if (!service) throw notFound();
    await this.page.answer(request, response, { service, json: { service: toIsoDates(service) } });
  }

  /** Shows the EPP code, only in this answer. The code allows moving the domain away, so a step-up is required first. */
  @Post(':id/epp-code')
  @HttpCode(200)
  @TokenScope('domains:write')
  @Fresh(10, { act: 'epp-code.show', title: 'act.epp-code', values: DomainTitle, page: '/services/:id' })
  @Braked('epp-code.show')
  async eppCode(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    readNothing(request.body);
    const released = await this.eppRelease.release(request, id);
    if (!released) throw notFound();
    await this.page.answer(request, response, { ...released, json: { eppCode: released.eppCode } });
  }
}

function notFound(): PortalProblem {
  return new PortalProblem('NOT_FOUND', 'There is no such service, or it has no EPP code.');
}
