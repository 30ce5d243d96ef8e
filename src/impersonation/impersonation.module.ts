import { Module } from '@nestjs/common';
import { ImpersonateAct } from './impersonate.act.js';
import { ImpersonateController } from './impersonate.controller.js';
import { ImpersonationEndController } from './impersonation-end.controller.js';
import { ImpersonationNotification } from './impersonation-notification.js';
import { ImpersonationSweep } from './impersonation-sweep.js';
import { Impersonations } from './impersonations.js';

/** “Log in as client”: an agent sees and does what a client could, within narrow limits and under both names. */
@Module({
  controllers: [ImpersonateController, ImpersonationEndController],
  providers: [ImpersonateAct, ImpersonationNotification, Impersonations, ImpersonationSweep],
})
export class ImpersonationModule {}
