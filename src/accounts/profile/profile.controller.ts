import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SignedIn } from '../../auth/common/access.decorators.js';
import { Pages } from '../../pages/pages.js';
import { readForm } from '../../portal/forms/form.js';
import { redirect } from '../../portal/http/redirect.js';
import { currentAccount } from '../current-account.js';
import { ProfileForm, profilePage } from './profile.form.js';
import { Profiles } from './profiles.service.js';

/** The profile of the signed-in person. */
@Controller('account/profile')
@SignedIn()
export class ProfileController {
  constructor(
    private readonly profiles: Profiles,
    private readonly pages: Pages,
  ) {}

  @Get()
  async form(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { name, email, locale, timeZone } = currentAccount(request);
    const model = { name, locale, timeZone, saved: request.query['saved'] !== undefined };
    await this.pages.answer(request, response, {
      view: 'accounts/profile',
      model,
      json: { name, email, locale, timeZone },
    });
  }

  @Post()
  @HttpCode(200)
  async save(@Req() request: Request, @Res() response: Response): Promise<void> {
    const change = readForm(ProfileForm, request.body, profilePage);
    await this.profiles.change(currentAccount(request).id, change);
    redirect(request, response, '/account/profile?saved=1', { status: 'saved' });
  }
}
