import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../../auth/common/access.decorators.js';
import { StaffActDesk } from '../../staff/acts/act-desk.js';
import { ClientAct } from '../../staff/acts/client-act.decorator.js';
import { EndBrakeAct } from './end-brake.act.js';
import { ForgetDevicesAct } from './forget-devices.act.js';
import { ResetAct } from './reset.act.js';
import { UnlockAct } from './unlock.act.js';

/** Acts of staff on the two-factor of a client. */
@Controller('staff/clients/:id/two-factor')
@Staff()
export class TwoFactorActsController {
  constructor(
    private readonly desk: StaffActDesk,
    private readonly unlocking: UnlockAct,
    private readonly devices: ForgetDevicesAct,
    private readonly resetting: ResetAct,
    private readonly brakeEnd: EndBrakeAct,
  ) {}

  @Get('unlock')
  unlockForm(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.form(request, response, this.unlocking);
  }

  @Post('unlock')
  @HttpCode(200)
  @ClientAct({ act: 'two-factor.unlock', title: 'staff-acts.title.unlock' })
  unlock(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(request, response, this.unlocking);
  }

  @Get('reset')
  resetForm(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.form(request, response, this.resetting);
  }

  @Post('reset')
  @HttpCode(200)
  @ClientAct({ act: 'two-factor.reset', title: 'staff-acts.title.reset' })
  reset(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(request, response, this.resetting);
  }

  @Get('devices/forget')
  devicesForm(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.form(request, response, this.devices);
  }

  @Post('devices/forget')
  @HttpCode(200)
  @ClientAct({ act: 'two-factor.devices.forget', title: 'staff-acts.title.forget-devices' })
  forgetDevices(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(request, response, this.devices);
  }

  @Get('brake/end')
  endBrakeForm(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.form(request, response, this.brakeEnd);
  }

  @Post('brake/end')
  @HttpCode(200)
  @ClientAct({ act: 'two-factor.brake.end', title: 'staff-acts.title.end-brake' })
  endBrake(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.desk.take(request, response, this.brakeEnd);
  }
}
