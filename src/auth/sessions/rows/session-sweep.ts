import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource, LessThan } from 'typeorm';
import { Clock } from '../../../clock.js';
import { longestLife } from '../session-limits.js';
import { SessionRow } from './session.entity.js';

const hour = 3_600_000;

/** Deletes the rows of expired sessions, so that the table does not grow without limit. */
@Injectable()
export class SessionSweep {
  private readonly logger = new Logger('Sessions');

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  @Interval(hour)
  async sweep(): Promise<void> {
    const where = { lastSeenAt: LessThan(this.clock.now() - longestLife) };
    await this.database.manager
      .delete(SessionRow, where)
      .catch((error: unknown) => this.logger.warn(`Old sessions could not be cleared: ${String(error)}`));
  }
}
