import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../../auth/common/access.decorators.js';
import { StaffActDesk } from '../../staff/acts/act-desk.js';
import { ClientAct } from '../../staff/acts/client-act.decorator.js';
import { VerifyCallerAct } from './verify-caller.act.js';

/** Who is calling? An agent starts the check; the client's page then shows the words and the answer. */
@Controller('staff/clients/:id/verify-caller')
@Staff()
export class VerifyCallerController {
  constructor(
    private readonly desk: StaffActDesk,
    private readonly act: VerifyCallerAct,
  ) {}

  @Get()
  form(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.form(request, response, this.act);
  }

  @Post()
  @HttpCode(200)
  @ClientAct({ act: 'caller.verify', title: 'staff-acts.title.verify-caller' })
  start(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(request, response, this.act);
  }
}
