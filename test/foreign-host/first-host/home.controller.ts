import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { escaped, page } from './page.js';
import type { User } from './user.entity.js';

const links = `<p><a href="/account/security">Security</a></p>
<form method="post" action="/logout"><button>Sign out</button></form>`;

/** The page that the password protects, and the way out. */
@Controller()
export class HomeController {
  @Get()
  home(@Req() request: Request, @Res() response: Response): void {
    if (!request.isAuthenticated()) return response.redirect(303, '/login');
    response.send(page('Home', `<p>Signed in as ${escaped((request.user as User).name)}.</p>${links}`));
  }

  @Post('logout')
  leave(@Req() request: Request, @Res() response: Response): void {
    request.session.destroy(() => response.redirect(303, '/login'));
  }
}
