import { Body, Controller, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { TwoFactor } from 'nestjs-two-factor';
import { Members } from './marks.js';
import type { User } from './user.entity.js';
import { Users } from './users.js';

/** Where members of this host change their password and address. */
@Members()
@Controller('settings')
export class SettingsController {
  constructor(
    private readonly users: Users,
    private readonly twoFactor: TwoFactor,
  ) {}

  @Post()
  async change(@Req() request: Request, @Body() facts: { password?: string; email?: string }) {
    await this.users.change((request.user as User).id, facts);
    // README: begin
    await this.twoFactor.keepSession(request); // behind a change of password or e-mail: all other sessions end
    // README: end
    return { changed: true };
  }
}
