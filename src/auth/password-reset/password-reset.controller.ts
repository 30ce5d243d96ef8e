import { Controller, Get, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Account } from '../../accounts/account.js';
import { Pages } from '../../pages/pages.js';
import { readForm } from '../../portal/forms/form.js';
import { redirect } from '../../portal/http/redirect.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { clientAddress } from '../common/client.js';
import { currentSession } from '../sessions/current-session.js';
import type { LinkStatus } from '../mailed-links/link-token.js';
import { Public } from '../common/access.decorators.js';
import { PasswordAttempts } from '../password/attempts/password-attempts.js';
import { PasswordRules } from '../password/password-rules.js';
import { NotPendingGuard } from '../sessions/not-pending.guard.js';
import { PasswordReset } from './password-reset.js';
import { ResetForm, resetPage } from './reset.forms.js';

/** The page behind the link. Opening it does not consume the link, because mail scanners open links too. */
@Controller('password/reset/:token')
@Public()
@UseGuards(NotPendingGuard)
export class PasswordResetController {
  constructor(
    private readonly pages: Pages,
    private readonly resetting: PasswordReset,
    private readonly rules: PasswordRules,
    private readonly attempts: PasswordAttempts,
    private readonly modules: InstalledModules,
  ) {}

  @Get()
  async form(
    @Req() request: Request,
    @Res() response: Response,
    @Param('token') token: string,
  ): Promise<void> {
    const { email } = await this.owner(request, token);
    await this.pages.answer(request, response, { view: 'auth/reset', model: { token, email }, json: {} });
  }

  @Post()
  @HttpCode(200)
  async set(
    @Req() request: Request,
    @Res() response: Response,
    @Param('token') token: string,
  ): Promise<void> {
    const account = await this.owner(request, token);
    const page = resetPage(token, account.email);
    const { password } = readForm(ResetForm, request.body, page);
    await this.rules.require(account, 'password', { password }, page);
    if (!(await this.resetting.set(request, token, password))) throw await this.gone(token);
    await this.attempts.endWait(account.email, clientAddress(request));
    redirect(request, response, '/login?done=reset', { status: 'changed' });
  }

  private async owner(request: Request, token: string): Promise<Account> {
    const account = await this.resetting.owner(token);
    if (!account) throw await this.gone(token);
    const viewer = currentSession(request)?.account;
    if (viewer && viewer.id !== account.id) throw foreign(viewer);
    for (const rule of this.modules.resetRules()) if (await rule.refuses(account.id)) throw barred();
    return account;
  }

  private async gone(token: string): Promise<PortalProblem> {
    const reason = await this.resetting.linkStatus(token);
    const page = { view: 'auth/reset-refused', model: { reason: `reset.${reason}` } };
    return new PortalProblem('NOT_FOUND', sentences[reason], { reason }, page);
  }
}

const sentences: Readonly<Record<LinkStatus, string>> = {
  used: 'This link was used already. Ask for a new one.',
  old: 'This link is older than 30 minutes. Ask for a new one.',
  unknown:
    'This link does not work: it was cut short, replaced by a newer one, or the account was changed since. Ask for a new one.',
};

/** The link is valid, but access to the mailbox alone would be enough to take over the account. */
function barred(): PortalProblem {
  const message =
    'Codes of this account come by mail too, so a mail alone cannot replace its password. Ask for help.';
  const page = { view: 'auth/reset-refused', model: { barred: true } };
  return new PortalProblem('FORBIDDEN', message, { reason: 'mail-alone' }, page);
}

/** Does not reveal the owner of the link. */
function foreign({ email }: Account): PortalProblem {
  const message = 'This link is for another account than the one you are signed in to. Sign out first.';
  return new PortalProblem('CONFLICT', message, {}, { view: 'auth/reset-refused', model: { viewer: email } });
}
