import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource, LessThan } from 'typeorm';
import { Clock } from '../../clock.js';
import { LockDownRow } from './lock-down.entity.js';

const hour = 3_600_000;
const kept = 30 * 24 * hour;

/** Deletes old rows, so that the table does not grow without limit. */
@Injectable()
export class LockDownSweep {
  private readonly logger = new Logger('LockDowns');

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  @Interval(hour)
  async sweep(): Promise<void> {
    await this.database.manager
      .delete(LockDownRow, { createdAt: LessThan(this.clock.now() - kept) })
      .catch((error: unknown) => this.logger.warn(`Old lock-downs could not be cleared: ${String(error)}`));
  }
}
