import type { DataSource, QueryRunner } from 'typeorm';
import { driverErrorCode } from '../retry/transient-error.js';
import type { SqlStatement } from '../sql/sql-statement.js';
import { canDefer } from './pipelined-query-runner.js';

/** The result of a statement: its rows, and how many rows it changed. */
export interface StatementResult {
  readonly rows: readonly unknown[];
  readonly affected: number;
}

/** A SQLSTATE; none begins with E, as the codes of sockets do (EPIPE). */
const sqlState = /^[0-9A-DF-Z][0-9A-Z]{4}$/;

/** The part of a client of pg that is used here. */
interface PgClient {
  end(): Promise<void>;
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
      await this.closeUnanswered(ownRunner, error);
      throw error;
    } finally {
      await ownRunner.release();
    }
  }

  /**
   * PostgreSQL answers every failed statement with a SQLSTATE of five characters. Without one the connection is broken. The client
   * of pg does not know this yet, and TypeORM would return it to the pool, which would lend it to the next statement.
   */
  private async closeUnanswered(runner: QueryRunner, error: unknown): Promise<void> {
    if (this.dataSource.options.type !== 'postgres' || sqlState.test(driverErrorCode(error))) return;
    const client: unknown = await runner.connect().catch(() => undefined);
    await (client as PgClient | undefined)?.end().catch(() => undefined);
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
