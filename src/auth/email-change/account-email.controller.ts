import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { normalEmail } from '../../accounts/account.js';
import { currentAccount } from '../../accounts/current-account.js';
import { Pages } from '../../pages/pages.js';
import { readForm, refusedForm } from '../../portal/forms/form.js';
import { ActBrakes } from '../../portal/fresh/act-brakes.js';
import { Fresh } from '../../portal/fresh/fresh.decorator.js';
import { redirect } from '../../portal/http/redirect.js';
import { SignedIn } from '../common/access.decorators.js';
import { EmailLinks } from './email-links.js';
import { EmailRequest } from './email-request.js';
import { NewEmailForm, emailFacts, newEmailPage, ownAddress } from './email.forms.js';

/** Takes the owner's request for another address, after a recent step-up. */
@Controller('account/email')
@SignedIn()
@Fresh(5, { act: 'email.change', title: 'act.email' })
export class AccountEmailController {
  constructor(
    private readonly pages: Pages,
    private readonly links: EmailLinks,
    private readonly asking: EmailRequest,
    private readonly brakes: ActBrakes,
  ) {}

  @Get()
  async form(@Req() request: Request, @Res() response: Response): Promise<void> {
    const account = currentAccount(request);
    const waiting = await this.links.waiting(account);
    const model = { waiting, sent: waiting !== null && request.query['sent'] !== undefined };
    const json = emailFacts(account, waiting);
    await this.pages.answer(request, response, { view: 'accounts/email', model, json });
  }

  @Post()
  @HttpCode(200)
  async ask(@Req() request: Request, @Res() response: Response): Promise<void> {
    const account = currentAccount(request);
    await this.brakes.requireUnfrozen(account.id);
    const page = newEmailPage(await this.links.waiting(account));
    const { email: typed } = readForm(NewEmailForm, request.body, page);
    const email = normalEmail(typed);
    if (email === account.email) throw refusedForm(ownAddress, page, { email: typed });
    await this.asking.ask(request, account, email);
    redirect(request, response, '/account/email?sent=1', { status: 'sent' });
  }
}
