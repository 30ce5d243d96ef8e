import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import type { SqlStatement } from '../sql/sql-statement.js';
import { canDefer } from './pipelined-query-runner.js';

/** The result of a statement: its rows, and how many rows it changed. */
export interface StatementResult {
  readonly rows: readonly unknown[];
  readonly affected: number;
}

/** Sends hand-written statements to one database, by the query runners of TypeORM. */
export class DriverAdapter {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs one statement in the transaction of `runner`; without a runner it commits by itself.
   * @throws QueryFailedError
   */
  async run({ text, parameters }: SqlStatement, runner?: QueryRunner): Promise<StatementResult> {
    if (runner) return resultOf(await runner.query(text, parameters, true));
    // `DataSource.createQueryRunner` would create an EntityManager for each statement.
    const ownRunner = this.dataSource.driver.createQueryRunner('master');
    try {
      return resultOf(await ownRunner.query(text, parameters, true));
    } catch (error) {
      // A client of pg that was closed says so in the next turn of the event loop; the pool must not lend it before.
      await nextTurn();
      throw error;
    } finally {
      await ownRunner.release();
    }
  }

  /** Runs a statement whose result the transaction does not need: together with the commit where the driver can, else at once. */
  async runWithCommit(statement: SqlStatement, runner: QueryRunner): Promise<void> {
    if (canDefer(runner)) runner.defer(statement);
    else await this.run(statement, runner);
  }
}

/** Drivers report undefined where no row was changed. */
function resultOf({ records, affected }: { records: unknown[]; affected?: number }): StatementResult {
  return { rows: records, affected: affected ?? 0 };
}
