import { Module } from '@nestjs/common';
import { ImpersonationEndController } from './impersonation-end.controller.js';
import { ImpersonationSweep } from './impersonation-sweep.js';
import { Impersonations } from './impersonations.js';

/** “Log in as client”: an agent sees and does what a client could, within narrow limits and under both names. */
@Module({
  controllers: [ImpersonationEndController],
  providers: [Impersonations, ImpersonationSweep],
})
export class ImpersonationModule {}
