import type { DataSource, EntityManager } from 'typeorm';
import { withRetry } from '../retry/with-retry.js';
import { toSqlStatement, type SqlParameter, type SqlStatement } from '../sql/sql-statement.js';
import { DriverAdapter } from '../drivers/driver-adapter.js';
import type { StatementResult } from '../internals/direct-query-runner.js';

/** A named value of a statement. A list becomes the elements of `IN (:list)`. */
export type Value = SqlParameter | readonly string[];
type Values = Readonly<Record<string, Value>>;

/**
 * Runs hand-written SQL with `:names`, in the same syntax on every database. With a manager the statements belong to its
 * transaction. Without one each statement commits by itself. No entity is created: this is for the busiest paths.
 */
export class Statements {
  private readonly adapter: DriverAdapter;

  constructor(
    private readonly dataSource: DataSource,
    private readonly manager?: EntityManager,
  ) {
    this.adapter = new DriverAdapter(dataSource);
  }

  /** Returns the rows of a query. */
  async query<Row>(sql: string, values: Values): Promise<readonly Row[]> {
    const { rows } = await this.run(toSqlStatement(sql, values, this.placeholder));
    return rows as Row[];
  }

  /** Runs a statement and returns how many rows it found and changed. */
  async execute(sql: string, values: Values): Promise<number> {
    const { affected } = await this.run(toSqlStatement(sql, values, this.placeholder));
    return affected;
  }

  /** Returns true when exactly one row met the condition of the statement: a compare-and-set. */
  async executeOne(sql: string, values: Values): Promise<boolean> {
    return (await this.execute(sql, values)) === 1;
  }

  /** Like `execute`, for a statement without a result for the transaction: see `runWithCommit`. */
  executeWithCommit(sql: string, values: Values): Promise<void> {
    return this.runWithCommit(toSqlStatement(sql, values, this.placeholder));
  }

  /** Which of the two dialects of upserts the database speaks. */
  get dialect(): 'mysql' | 'other' {
    const { type } = this.dataSource.options;
    return type === 'mysql' || type === 'mariadb' ? 'mysql' : 'other';
  }

  /** How this database writes the `place`th parameter, counted from 0. */
  readonly placeholder = (place: number): string => this.dataSource.driver.createParameter('p', place);

  /** Runs a statement that is already in the syntax of this database. Without a transaction it is retried on transient errors. */
  run(statement: SqlStatement): Promise<StatementResult> {
    const runner = this.manager?.queryRunner;
    return runner ? this.adapter.run(statement, runner) : withRetry(() => this.adapter.run(statement));
  }

  /**
   * Like `run`, for a statement without a result for the transaction. Where the driver can, it is sent together with
   * the commit, and its error is the error of the transaction.
   */
  async runWithCommit(statement: SqlStatement): Promise<void> {
    const runner = this.manager?.queryRunner;
    if (runner?.isTransactionActive) await this.adapter.runWithCommit(statement, runner);
    else await this.run(statement);
  }
}
