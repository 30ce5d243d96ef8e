import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource, LessThan } from 'typeorm';
import { Clock } from '../../clock.js';
import { RateLimitRow } from './rate-limit.entity.js';

const hour = 3_600_000;

/** Deletes rows that count nothing any more, an hour later, so that the table does not grow without limit. */
@Injectable()
export class RateLimitSweep {
  private readonly logger = new Logger('RateLimits');

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  @Interval(hour)
  async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.database.manager
      .delete(RateLimitRow, { endsAt: LessThan(now - hour), runsEnd: LessThan(now) })
      .catch((error: unknown) => this.logger.warn(`Old counts could not be cleared: ${String(error)}`));
  }
}
