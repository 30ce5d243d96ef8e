import type { QueryRunnerClass } from '../internals/query-runner-class.js';
import type { MysqlConnection, MysqlDeadlines } from './mysql-deadlines.js';

/** Returns a class of query runners for MariaDB and MySQL that wait neither for a connection nor for an answer without a limit. */
export function timedMysqlQueryRunner(
  Original: QueryRunnerClass,
  deadlines: MysqlDeadlines,
): QueryRunnerClass {
  return class TimedMysqlQueryRunner extends Original {
    private pending: Promise<MysqlConnection> | undefined;
    private isLate = false;

    override connect(): Promise<MysqlConnection> {
      this.pending ??= deadlines
        .connectionOf(super.connect() as Promise<MysqlConnection>)
        .catch((error: unknown) => {
          this.isLate = true;
          throw error;
        });
      return this.pending;
    }

    override async query(text: string, parameters?: unknown[], structured?: boolean): Promise<unknown> {
      const run = () => super.query(text, parameters, structured);
      if (this.isReleased) return run();
      const connection = await this.connect();
      return deadlines.answerOf(connection, run);
    }

    /** A connection that came too late has been given back already. */
    override async release(): Promise<void> {
      if (this.isLate) Object.assign(this, { isReleased: true });
      else await super.release();
    }
  };
}
