import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../../auth/common/access.decorators.js';
import { StaffActDesk } from '../../staff/acts/act-desk.js';
import { ClientAct } from '../../staff/acts/client-act.decorator.js';
import { EndBrakeAct } from './end-brake.act.js';

/** Two agents end the wait of a client's dangerous actions. */
@Controller('staff/clients/:id/two-factor/brake/end')
@Staff()
export class EndBrakeController {
  constructor(
    private readonly desk: StaffActDesk,
    private readonly act: EndBrakeAct,
  ) {}

  @Get()
  form(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.form(request, response, this.act);
  }

  @Post()
  @HttpCode(200)
  @ClientAct({ act: 'two-factor.brake.end', title: 'staff-acts.title.end-brake' })
  end(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(request, response, this.act);
  }
}
