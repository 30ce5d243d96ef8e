import { Controller, Get, Res } from '@nestjs/common';
import { HealthCheckService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import type { Response } from 'express';
import { Public } from '../auth/marks.js';

/** How long the database may take to answer, in milliseconds. */
const patience = 2_000;

/** For whoever watches over the process: is it alive, and can it serve? */
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: TypeOrmHealthIndicator,
  ) {}

  /** Asks nothing of anybody: restarting this process would not bring a database back. */
  @Get('healthz')
  alive(@Res() response: Response): void {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  }

  /** 503 while the database does not answer; nothing is told of why. */
  @Get('readyz')
  async ready(@Res() response: Response): Promise<void> {
    const isReady = await this.health
      .check([() => this.database.pingCheck('database', { timeout: patience })])
      .then(
        () => true,
        () => false,
      );
    response.set('Cache-Control', 'no-store').status(isReady ? 200 : 503);
    response.json({ status: isReady ? 'ok' : 'unavailable' });
  }
}
