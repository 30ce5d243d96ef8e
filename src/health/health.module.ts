import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { ClockCheck } from './clock-check.js';
import { HealthController } from './health.controller.js';

/** `/healthz` and `/readyz`. The log lines of the indicators are off, because they would repeat with every probe. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [ClockCheck],
})
export class HealthModule {}
