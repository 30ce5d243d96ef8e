import { Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Pages } from '../../pages/pages.js';
import { readForm } from '../../portal/forms/form.js';
import { redirect } from '../../portal/http/redirect.js';
import { currentSession } from '../sessions/current-session.js';
import { Public } from '../common/access.decorators.js';
import { NotPendingGuard } from '../sessions/not-pending.guard.js';
import { ResetRequest } from './reset-request.js';
import { ForgotForm, forgotPage } from './reset.forms.js';

/** Takes requests for a link. Signed-in people may use it too, because every step-up asks for the password they forgot. */
@Controller('password/forgot')
@Public()
@UseGuards(NotPendingGuard)
export class ForgottenPasswordController {
  constructor(
    private readonly pages: Pages,
    private readonly asking: ResetRequest,
  ) {}

  @Get()
  async form(@Req() request: Request, @Res() response: Response): Promise<void> {
    const email = currentSession(request)?.account.email;
    const model = { email, sent: request.query['sent'] !== undefined };
    await this.pages.answer(request, response, { view: 'auth/forgot', model, json: {} });
  }

  @Post()
  @HttpCode(200)
  async ask(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { email } = readForm(ForgotForm, request.body, forgotPage);
    await this.asking.ask(request, email);
    redirect(request, response, '/password/forgot?sent=1', { status: 'sent' });
  }
}
