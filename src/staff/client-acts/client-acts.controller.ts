import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../../auth/common/access.decorators.js';
import { StaffActDesk } from '../acts/act-desk.js';
import { ClientAct } from '../acts/client-act.decorator.js';
import { EndSessionsAct } from './end-sessions.act.js';
import { PasswordLinkAct } from './password-link.act.js';
import { ReopenAct } from './reopen.act.js';
import { SuspendAct } from './suspend.act.js';

/** The portal's own acts of staff on a client. Each has a page of its own, and its form on the client's page. */
@Controller('staff/clients/:id')
@Staff()
export class ClientActsController {
  constructor(
    private readonly desk: StaffActDesk,
    private readonly suspending: SuspendAct,
    private readonly reopening: ReopenAct,
    private readonly sessions: EndSessionsAct,
    private readonly link: PasswordLinkAct,
  ) {}

  @Get('suspend')
  suspensionForm(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.form(request, response, this.suspending);
  }

  @Post('suspend')
  @HttpCode(200)
  @ClientAct({ act: 'account.suspend', title: 'staff-acts.title.suspend' })
  suspend(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(request, response, this.suspending);
  }

  @Get('reopen')
  reopeningForm(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.form(request, response, this.reopening);
  }

  @Post('reopen')
  @HttpCode(200)
  @ClientAct({ act: 'account.reopen', title: 'staff-acts.title.reopen' })
  reopen(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(request, response, this.reopening);
  }

  @Get('sessions/end')
  sessionsForm(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.form(request, response, this.sessions);
  }

  @Post('sessions/end')
  @HttpCode(200)
  @ClientAct({ act: 'sessions.end', title: 'staff-acts.title.end-sessions' })
  endSessions(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(request, response, this.sessions);
  }

  @Get('password-link')
  passwordLinkForm(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.form(request, response, this.link);
  }

  @Post('password-link')
  @HttpCode(200)
  @ClientAct({ act: 'password-link.send', title: 'staff-acts.title.password-link' })
  sendPasswordLink(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(request, response, this.link);
  }
}
