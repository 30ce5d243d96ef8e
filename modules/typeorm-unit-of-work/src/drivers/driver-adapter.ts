import { QueryFailedError, type DataSource, type QueryRunner } from 'typeorm';
import { driverErrorCode } from '../retry/transient-error.js';
import type { SqlStatement } from '../sql/sql-statement.js';
import { isDirect, type DirectQueryRunner, type StatementResult } from '../internals/direct-query-runner.js';
import { canDefer, type PgClient } from './pipelined-query-runner.js';

/** A SQLSTATE; none begins with E, as the codes of sockets do (EPIPE). */
const sqlState = /^[0-9A-DF-Z][0-9A-Z]{4}$/;

/**
 * Sends hand-written statements to one database. Query runners of this package take them directly; any other query runner
 * takes them as TypeORM does.
 */
export class DriverAdapter {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs one statement in the transaction of `runner`; without a runner it commits by itself.
   * @throws QueryFailedError
   */
  async run(statement: SqlStatement, runner?: QueryRunner): Promise<StatementResult> {
    if (runner) return this.send(statement, runner);
    // `DataSource.createQueryRunner` would create an EntityManager for each statement.
    const ownRunner = this.dataSource.driver.createQueryRunner('master');
    try {
      return await this.send(statement, ownRunner);
    } catch (error) {
      await this.closeUnanswered(ownRunner, error);
      throw error;
    } finally {
      await ownRunner.release();
    }
  }

  /** Runs a statement whose result the transaction does not need: together with the commit where the driver can, else at once. */
  async runWithCommit(statement: SqlStatement, runner: QueryRunner): Promise<void> {
    if (canDefer(runner)) runner.defer(statement);
    else await this.send(statement, runner);
  }

  private async send(statement: SqlStatement, runner: QueryRunner): Promise<StatementResult> {
    if (isDirect(runner)) return this.sendDirectly(statement, runner);
    const { records, affected } = await runner.query(statement.text, statement.parameters, true);
    // Drivers report undefined where no row was changed.
    return { rows: records, affected: affected ?? 0 };
  }

  /** The logger of the DataSource is told of the statement, as by TypeORM. Its subscribers are not. */
  private async sendDirectly(
    statement: SqlStatement,
    runner: QueryRunner & DirectQueryRunner,
  ): Promise<StatementResult> {
    const { text, parameters } = statement;
    const { logger } = this.dataSource;
    logger.logQuery(text, parameters, runner);
    try {
      return await runner.runStatement(statement);
    } catch (cause) {
      if (cause instanceof QueryFailedError) throw cause;
      // Errors of better-sqlite3 are of the realm that loaded its addon first, so `instanceof Error` may be false.
      const error = cause as Error;
      logger.logQueryError(error, text, parameters, runner);
      throw new QueryFailedError(text, parameters, error);
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
}
