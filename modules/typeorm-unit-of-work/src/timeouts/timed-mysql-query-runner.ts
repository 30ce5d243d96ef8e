import type { DirectQueryRunner, StatementResult } from '../internals/direct-query-runner.js';
import type { QueryRunnerClass } from '../internals/query-runner-class.js';
import type { SqlStatement } from '../sql/sql-statement.js';
import type { MysqlConnection, MysqlDeadlines } from './mysql-deadlines.js';

/** Returns a class of query runners for MariaDB and MySQL that wait neither for a connection nor for an answer without a limit. */
export function timedMysqlQueryRunner(
  Original: QueryRunnerClass,
  deadlines: MysqlDeadlines,
): QueryRunnerClass {
  return class TimedMysqlQueryRunner extends Original implements DirectQueryRunner {
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

    async runStatement(statement: SqlStatement): Promise<StatementResult> {
      const connection = await this.connect();
      return deadlines.answerOf(connection, () => answerOf(connection, statement));
    }

    /** A connection that came too late has been given back already. */
    override async release(): Promise<void> {
      if (this.isLate) Object.assign(this, { isReleased: true });
      else await super.release();
    }
  };
}

function answerOf(connection: MysqlConnection, { text, parameters }: SqlStatement): Promise<StatementResult> {
  return new Promise((resolve, reject) => {
    connection.query(text, parameters, (error, result) =>
      error ? reject(error) : resolve(resultOf(result)),
    );
  });
}

/** mysql2 answers a query with its rows, and any other statement with one object. */
function resultOf(result: unknown): StatementResult {
  if (Array.isArray(result)) return { rows: result, affected: 0 };
  return { rows: [], affected: (result as { readonly affectedRows: number }).affectedRows };
}
