import type { Server } from 'node:http';
import { Controller, Get, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { HealthCheckService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import type { Response } from 'express';
import { Public } from '../auth/common/access.decorators.js';

/** Longest wait for the database, in milliseconds. */
const patience = 2_000;

/** Probes for monitoring: liveness and readiness. */
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: TypeOrmHealthIndicator,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Checks no dependency: restarting this process would not bring a database back. */
  @Get('healthz')
  alive(@Res() response: Response): void {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  }

  /** Answers 503 while the database does not answer, and while the portal is stopping. The reason is not revealed. */
  @Get('readyz')
  async ready(@Res() response: Response): Promise<void> {
    const isReady = this.isOpen() && (await this.answers());
    response.set('Cache-Control', 'no-store').status(isReady ? 200 : 503);
    response.json({ status: isReady ? 'ok' : 'unavailable' });
  }

  private isOpen(): boolean {
    return (this.host.httpAdapter.getHttpServer() as Server).listening;
  }

  private answers(): Promise<boolean> {
    return this.health.check([() => this.database.pingCheck('database', { timeout: patience })]).then(
      () => true,
      () => false,
    );
  }
}
