import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { DATABASE_TIME, type DatabaseTime } from '../database/database-time.js';
import { errorMessage } from '../error-facts.js';

/** The largest differences between a node's clock and the database's, in milliseconds. */
export const clockLimits = {
  /** Above this, the log and `/readyz` say so. */
  logged: 5_000,
  /** Above this, the node is not ready: codes of authenticator apps would soon be refused. They are valid for 30 s. */
  ready: 20_000,
} as const;

const minute = 60_000;

/** Compares this node's clock with the database's, which all nodes share. */
@Injectable()
export class ClockCheck {
  private readonly logger = new Logger('Clock');
  private loggedAt: number | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    @Inject(DATABASE_TIME) private readonly databaseTime: DatabaseTime,
  ) {}

  /** Nodes without probes find a difference too. */
  @Interval(minute)
  async watch(): Promise<void> {
    await this.difference();
  }

  /**
   * How far this node's clock is ahead of the database's, in milliseconds; negative: behind. Null if the database has the same
   * clock, or does not answer. A difference above the limit is logged, at most once a minute.
   */
  async difference(): Promise<number | null> {
    try {
      const ahead = await this.measure();
      if (ahead !== null && Math.abs(ahead) > clockLimits.logged) this.log(ahead);
      return ahead;
    } catch (error) {
      this.logger.debug(`The clock of the database could not be read: ${errorMessage(error)}`);
      return null;
    }
  }

  /** The database is assumed to read its clock in the middle of the round trip. A long round trip says too little. */
  private async measure(): Promise<number | null> {
    const sent = this.clock.now();
    const there = await this.databaseTime(this.database);
    const back = this.clock.now();
    if (there === null || Math.abs(back - sent) > clockLimits.logged) return null;
    return Math.round((sent + back) / 2 - there);
  }

  private log(ahead: number): void {
    const now = this.clock.now();
    // A clock that was set back must not silence the log.
    if (this.loggedAt !== undefined && Math.abs(now - this.loggedAt) < minute) return;
    this.loggedAt = now;
    const seconds = (Math.abs(ahead) / 1000).toFixed(1);
    const side = ahead > 0 ? 'ahead of' : 'behind';
    const end = Math.abs(ahead) > clockLimits.ready ? ' This node is not ready.' : '';
    this.logger.warn(
      `The clock of this node is ${seconds} s ${side} the clock of the database. Synchronize both by NTP.${end}`,
    );
  }
}
