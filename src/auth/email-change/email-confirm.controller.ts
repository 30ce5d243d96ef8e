import { Controller, Get, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Pages } from '../../pages/pages.js';
import { readNothing } from '../../portal/forms/form.js';
import { ActBrakes } from '../../portal/fresh/act-brakes.js';
import { redirect } from '../../portal/http/redirect.js';
import { currentSession } from '../sessions/current-session.js';
import { Public } from '../common/access.decorators.js';
import { NotPendingGuard } from '../sessions/not-pending.guard.js';
import { EmailConfirmation } from './email-confirmation.js';
import { EmailRefusals } from './email-refusals.js';

/** The page behind the link. Opening it does not consume the link, because mail scanners open links too. */
@Controller('account/email/confirm/:token')
@Public()
@UseGuards(NotPendingGuard)
export class EmailConfirmController {
  constructor(
    private readonly pages: Pages,
    private readonly confirmation: EmailConfirmation,
    private readonly refusals: EmailRefusals,
    private readonly brakes: ActBrakes,
  ) {}

  @Get()
  async show(
    @Req() request: Request,
    @Res() response: Response,
    @Param('token') token: string,
  ): Promise<void> {
    const email = await this.wished(request, token);
    const view = 'accounts/email-confirm';
    await this.pages.answer(request, response, { view, model: { token, email }, json: { email } });
  }

  @Post()
  @HttpCode(200)
  async confirm(
    @Req() request: Request,
    @Res() response: Response,
    @Param('token') token: string,
  ): Promise<void> {
    await this.wished(request, token);
    readNothing(request.body);
    const switched = await this.confirmation.confirm(request, token);
    if (switched === null) throw await this.refusals.gone(token);
    if (switched === 'taken') throw this.refusals.taken();
    const to = switched.kept ? '/account/sessions?done=email-changed' : '/login?done=email';
    redirect(request, response, to, { status: 'changed' });
  }

  /**
   * The address to confirm. If a person is signed in here, the link must belong to their account. It waits while the account is
   * locked after a report.
   */
  private async wished(request: Request, token: string): Promise<string> {
    const found = await this.confirmation.find(token);
    if (!found) throw await this.refusals.gone(token);
    const viewer = currentSession(request)?.account;
    if (viewer && viewer.id !== found.account.id) throw this.refusals.foreign(viewer);
    await this.brakes.requireUnfrozen(found.account.id);
    return found.email;
  }
}
