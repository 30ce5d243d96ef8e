import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { Pages } from '../../pages/pages.js';
import { ActBrakes } from '../../portal/fresh/act-brakes.js';
import { Fresh } from '../../portal/fresh/fresh.decorator.js';
import { readForm } from '../../portal/forms/form.js';
import { redirect } from '../../portal/http/redirect.js';
import { SignedIn } from '../common/access.decorators.js';
import { NewPasswordForm, newPasswordPage } from './new-password.form.js';
import { PasswordChange } from './password-change.js';
import { PasswordRules } from './password-rules.js';

/** Sets a new password for the owner, after a recent step-up. */
@Controller('account/password')
@SignedIn()
@Fresh(5, { act: 'password.change', title: 'act.password' })
export class AccountPasswordController {
  constructor(
    private readonly pages: Pages,
    private readonly rules: PasswordRules,
    private readonly change: PasswordChange,
    private readonly brakes: ActBrakes,
  ) {}

  @Get()
  async form(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.pages.answer(request, response, { view: 'accounts/password', model: {}, json: {} });
  }

  @Post()
  @HttpCode(200)
  async set(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { newPassword } = readForm(NewPasswordForm, request.body, newPasswordPage);
    const account = currentAccount(request);
    // After a lock-down, a person who knows the old password may be the thief. Only the mailed link sets a new one.
    await this.brakes.requireUnfrozen(account.id);
    await this.rules.require(account, 'newPassword', { newPassword }, newPasswordPage);
    await this.change.set(request, newPassword);
    redirect(request, response, '/account/sessions?done=password-changed', { status: 'changed' });
  }
}
