import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { insertIgnore, Statements, type Table } from 'typeorm-unit-of-work';
import { Clock } from '../../clock.js';
import { limits } from '../../limits.js';
import { type Counted, pointsOf } from './counted.js';

/** How much of a limit is used, and until when (UTC ms). */
export interface LimitUsage {
  readonly points: number;
  readonly endsAt: number;
}

interface UsageLine {
  readonly subject: string;
  readonly points: number;
  readonly ends_at: string | number;
}

const table: Table = {
  name: 'rate_limits',
  columns: ['subject', 'points', 'ends_at', 'runs', 'runs_end', 'email_hash', 'network'],
  maxLengths: { subject: 100, email_hash: 64, network: 64 },
};

/** The order in SET matters: MariaDB and MySQL use the new values of earlier assignments. */
const chargeOne = `UPDATE rate_limits SET
    points = CASE WHEN ends_at <= :now THEN 1 ELSE points + 1 END,
    ends_at = CASE WHEN ends_at <= :now THEN :end ELSE ends_at END
  WHERE subject = :subject AND (ends_at <= :now OR points < :most)`;

const refundOne = `UPDATE rate_limits SET points = points - 1
  WHERE subject = :subject AND points > 0 AND ends_at > :now`;

const select = 'SELECT subject, points, ends_at FROM rate_limits WHERE subject IN (:asked)';

/** How a read waits for statements that are changing its rows. SQLite runs one statement at a time. */
const waitsForWriters: Readonly<Record<string, string>> = {
  postgres: ' FOR SHARE',
  mysql: ' LOCK IN SHARE MODE',
};

/** The rows of the portal's limits, shared by all nodes. Each statement commits by itself, so no rollback removes a count. */
@Injectable()
export class RateLimitStore {
  private readonly statements: Statements;
  private readonly settledSelect: string;

  constructor(
    database: DataSource,
    private readonly clock: Clock,
  ) {
    this.statements = new Statements(database);
    this.settledSelect = select + (waitsForWriters[database.options.type] ?? '');
  }

  /** Counts one more. False, and nothing is counted, when the limit is reached. One statement where the row exists. */
  async charge(row: Counted): Promise<boolean> {
    const { duration } = limits[row.limit];
    const now = this.clock.now();
    const values = { subject: row.subject, now, end: now + duration * 1000, most: pointsOf(row) };
    if (await this.statements.executeOne(chargeOne, values)) return true;
    // Reached, or there is no row. Another node may make the row at the same time.
    await this.open(row);
    return this.statements.executeOne(chargeOne, values);
  }

  /** Takes one count back. */
  async refund({ subject }: Counted): Promise<void> {
    await this.statements.execute(refundOne, { subject, now: this.clock.now() });
  }

  /**
   * Makes the row, without points, where there is none. Its window has ended already, on every node, so the first count begins a
   * new one.
   */
  async open({ subject, emailHash, network }: Counted): Promise<void> {
    const row = { subject, points: 0, ends_at: endedBefore(this.clock.now()), runs: 0, runs_end: 0 };
    await insertIgnore(this.statements, table, [{ ...row, email_hash: emailHash, network }]);
  }

  /** Null where there is no row. */
  async read(row: Counted): Promise<LimitUsage | null> {
    const [found] = await this.statements.query<UsageLine>(select, { asked: [row.subject] });
    return found ? usageOf(found) : null;
  }

  /**
   * The usage of these rows after all counts that are being written now: on PostgreSQL and MariaDB the statement waits for them.
   * An absent row is null.
   */
  async settled(rows: readonly Counted[]): Promise<readonly (LimitUsage | null)[]> {
    const asked = rows.map(({ subject }) => subject);
    const lines = await this.statements.query<UsageLine>(this.settledSelect, { asked });
    return rows.map((row) => {
      const line = lines.find(({ subject }) => subject === row.subject);
      return line ? usageOf(line) : null;
    });
  }

  /** When this limit, once reached, is over (UTC ms); null where it is not reached. */
  fullUntil(row: Counted, usage: LimitUsage | null): number | null {
    if (usage === null || usage.points < pointsOf(row)) return null;
    return usage.endsAt > this.clock.now() ? usage.endsAt : null;
  }
}

/**
 * A time that has passed on every node, however their clocks differ and whatever passes between two statements, and that the
 * hourly sweep leaves.
 */
export function endedBefore(now: number): number {
  return now - 30 * 60_000;
}

function usageOf({ points, ends_at }: UsageLine): LimitUsage {
  return { points, endsAt: Number(ends_at) };
}
