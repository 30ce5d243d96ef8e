import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../auth/common/access.decorators.js';
import { StaffActDesk } from '../staff/acts/act-desk.js';
import { ClientAct } from '../staff/acts/client-act.decorator.js';
import { ImpersonateAct } from './impersonate.act.js';

/** “Log in as client”. */
@Controller('staff/clients/:id/impersonate')
@Staff()
export class ImpersonateController {
  constructor(
    private readonly desk: StaffActDesk,
    private readonly act: ImpersonateAct,
  ) {}

  @Get()
  form(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.form(request, response, this.act);
  }

  @Post()
  @HttpCode(200)
  @ClientAct({ act: 'client.impersonate', title: 'staff-acts.title.impersonate' })
  start(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(request, response, this.act);
  }
}
