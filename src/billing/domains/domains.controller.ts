import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { TokenScope } from '../../api-tokens/bearer/token-scope.decorator.js';
import { SignedIn } from '../../auth/common/access.decorators.js';
import { Pages } from '../../pages/pages.js';
import { readForm, readNothing, refusedForm } from '../../portal/forms/form.js';
import { ActBrakes, untilText } from '../../portal/fresh/act-brakes.js';
import { Braked } from '../../portal/fresh/braked.decorator.js';
import { Fresh } from '../../portal/fresh/fresh.decorator.js';
import { redirect } from '../../portal/http/redirect.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { DomainTitle } from '../domain-title.js';
import type { Domain } from '../services/service.js';
import { Services } from '../services/services.service.js';
import { DomainChanges } from './domain-changes.js';
import { parseNameservers } from './nameserver-list.js';
import { NameserversForm, nameserversPage } from './nameservers.form.js';

const values = DomainTitle;

/** What an owner changes about a domain. A thief would move the domain away with it, so each change is confirmed, and mailed to the owner. */
@Controller('services/:id')
@SignedIn()
export class DomainsController {
  constructor(
    private readonly services: Services,
    private readonly changes: DomainChanges,
    private readonly brakes: ActBrakes,
    private readonly pages: Pages,
  ) {}

  /** Locking protects the domain, so it never has to wait. */
  @Post('registrar-lock/on')
  @HttpCode(200)
  @TokenScope('domains:write')
  @Fresh(10, { act: 'registrar-lock.on', title: 'act.registrar-lock-on', values, page: '/services/:id' })
  lock(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    return this.setLock(request, response, id, true);
  }

  @Post('registrar-lock/off')
  @HttpCode(200)
  @TokenScope('domains:write')
  @Fresh(10, { act: 'registrar-lock.off', title: 'act.registrar-lock-off', values, page: '/services/:id' })
  @Braked('registrar-lock.off')
  unlock(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    return this.setLock(request, response, id, false);
  }

  @Get('nameservers')
  @TokenScope('services:read')
  async form(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const service = await this.domain(request, id);
    const wait = await this.brakes.shown(currentAccount(request).id);
    await this.pages.answer(request, response, {
      view: 'billing/nameservers',
      model: { service, wait, nameservers: service.nameservers.join('\n') },
      json: { ...(wait && { possibleFrom: untilText(wait) }), nameservers: service.nameservers },
    });
  }

  @Post('nameservers')
  @HttpCode(200)
  @TokenScope('domains:write')
  @Fresh(10, { act: 'nameservers.change', title: 'act.nameservers', values })
  @Braked('nameservers.change')
  async save(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const page = nameserversPage(await this.domain(request, id));
    const { nameservers } = readForm(NameserversForm, request.body, page);
    const parsed = parseNameservers(nameservers);
    if ('error' in parsed) throw refusedForm([parsed.error], page, { nameservers });
    if (!(await this.changes.setNameservers(request, id, parsed.names))) throw notFound();
    redirect(request, response, pageOf(id, 'nameservers'), { nameservers: parsed.names });
  }

  private async setLock(request: Request, response: Response, id: string, isLocked: boolean): Promise<void> {
    readNothing(request.body);
    if (!(await this.changes.setLock(request, id, isLocked))) throw notFound();
    redirect(request, response, pageOf(id, isLocked ? 'locked' : 'unlocked'), { registrarLock: isLocked });
  }

  /** Another account's domain gets the same answer as an unknown one. */
  private async domain(request: Request, id: string): Promise<Domain> {
    const service = await this.services.find(currentAccount(request).id, id);
    if (service?.kind === 'domain') return service;
    throw notFound();
  }
}

function pageOf(id: string, done: string): string {
  return `/services/${encodeURIComponent(id)}?done=${done}`;
}

function notFound(): PortalProblem {
  return new PortalProblem('NOT_FOUND', 'There is no such domain.');
}
