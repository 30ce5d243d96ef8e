import { Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request, Response } from 'express';
import { WithSecondFactor } from 'nestjs-two-factor/passport';
import { Public } from './marks.js';
import { signIn } from './sign-in.js';
import { signInPage } from './sign-in.page.js';

/** This host's sign-in, as it was: the guard got one word more. */
@Public()
@Controller('login')
export class LoginController {
  @Get()
  ask(@Query('returnTo') returnTo: unknown): string {
    return signInPage(typeof returnTo === 'string' ? returnTo : '');
  }

  // README: begin
  @UseGuards(WithSecondFactor(AuthGuard('local')))
  // README: end
  @Post()
  async enter(@Req() request: Request, @Res() response: Response): Promise<void> {
    await signIn(request);
    response.format({
      html: () => response.redirect(303, request.path.replace(/login$/, '')),
      json: () => response.json({ welcome: true }),
    });
  }
}
