import type { Server } from 'node:http';
import { Controller, Get, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { HealthCheckService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import type { Response } from 'express';
import { ClockCheck, clockLimits } from './clock-check.js';
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
    private readonly clocks: ClockCheck,
  ) {}

  /** Checks no dependency: restarting this process would not bring a database back. */
  @Get('healthz')
  alive(@Res() response: Response): void {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  }

  /**
   * Answers 503 while the database does not answer, while the portal is stopping, and if this node's clock is too far from the
   * database's. Only a difference of the clocks is revealed, because every answer has the header Date anyway.
   */
  @Get('readyz')
  async ready(@Res() response: Response): Promise<void> {
    const serves = this.isOpen() && (await this.answers());
    const ahead = serves ? await this.clocks.difference() : null;
    const isReady = serves && Math.abs(ahead ?? 0) <= clockLimits.ready;
    response.set('Cache-Control', 'no-store').status(isReady ? 200 : 503);
    const status = isReady ? 'ok' : 'unavailable';
    const found = details(ahead);
    response.json(found ? { status, details: found } : { status });
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

/** What `/readyz` says about clocks that differ; null: nothing. */
function details(ahead: number | null): object | null {
  if (ahead === null || Math.abs(ahead) <= clockLimits.logged) return null;
  return { clock: { aheadOfDatabaseSeconds: Math.round(ahead / 100) / 10 } };
}
