import { Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request, Response } from 'express';
import { WithSecondFactor } from 'nestjs-two-factor/passport';
import { escaped, page } from './page.js';

const form = (returnTo: string) => `<form method="post">
  <input type="hidden" name="returnTo" value="${escaped(returnTo)}">
  <label>E-mail <input name="email" type="email"></label>
  <label>Password <input name="password" type="password"></label>
  <button>Sign in</button>
</form>
<p><a href="/signup">Sign up</a></p>`;

/** Signs users in. The guard asks two-factor before the handler creates the session. */
@Controller('login')
export class LoginController {
  @Get()
  show(@Query('returnTo') returnTo: unknown): string {
    return page('Sign in', form(typeof returnTo === 'string' ? returnTo : ''));
  }

  @UseGuards(WithSecondFactor(AuthGuard('local')))
  @Post()
  async enter(@Req() request: Request, @Res() response: Response): Promise<void> {
    await signIn(request);
    response.redirect(303, '/');
  }
}

function signIn(request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    request.logIn(request.user as Express.User, (error?: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
