import { QueryFailedError, type ObjectLiteral, type QueryRunner } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { neverWaits, type FileTurns } from './file-turns.js';
import { beginUnit } from './unit-context.js';

type IsolationLevel = Parameters<QueryRunner['startTransaction']>[0];
type Answer = ReturnType<BetterSqlite3QueryRunner['query']>;

/** What is needed of a better-sqlite3 connection. */
export interface Connection {
  readonly inTransaction: boolean;
  exec(sql: string): unknown;
  prepare(sql: string): Prepared;
  pragma(sql: string): unknown;
}

interface Prepared {
  run(): unknown;
}

/**
 * Takes SQLite's write lock at once: a unit that reads first and writes later would be refused, without waiting, whenever
 * another process wrote in between.
 */
const begin = 'BEGIN IMMEDIATE';
const commit = 'COMMIT';

/** Prepared statements belong to a connection, and outlive the runners on it. */
const statements = new WeakMap<Connection, Map<string, Prepared>>();

function statementsOf(connection: Connection | undefined): Map<string, Prepared> {
  if (!connection) return new Map();
  neverWaits(connection);
  const known = statements.get(connection) ?? new Map<string, Prepared>();
  statements.set(connection, known);
  return known;
}

/**
 * A runner for one unit, or for single statements, on SQLite's only connection. A unit has the turn from its begin to
 * its end; a statement outside of any unit takes a turn of its own. So nobody joins a transaction of somebody else.
 */
export class QueuedRunner extends BetterSqlite3QueryRunner {
  constructor(
    driver: BetterSqlite3Driver,
    private readonly turns: FileTurns,
  ) {
    super(driver);
    Object.assign(this, { stmtCache: statementsOf(this.connectionAtHand) });
  }

  /** @throws TypeORMError for a level that SQLite does not know, as TypeORM has it. */
  override async startTransaction(isolationLevel?: IsolationLevel): Promise<void> {
    if (this.turns.heldBy(this)) return super.startTransaction(isolationLevel);
    await this.turns.begin(this, () => this.begins(isolationLevel));
  }

  override async commitTransaction(): Promise<void> {
    if (this.transactionDepth !== 1) return super.commitTransaction();
    await this.broadcaster.broadcast('BeforeTransactionCommit');
    this.send(commit);
    this.isTransactionActive = false;
    this.transactionDepth = 0;
    await this.broadcaster.broadcast('AfterTransactionCommit');
    this.end();
  }

  override async rollbackTransaction(): Promise<void> {
    const outermost = this.transactionDepth <= 1;
    try {
      await super.rollbackTransaction();
    } finally {
      if (outermost) this.end();
    }
  }

  override async query(sql: string, parameters?: unknown[] | ObjectLiteral, structured?: boolean): Answer {
    const text = sql === 'BEGIN TRANSACTION' ? begin : sql;
    if (this.turns.heldBy(this)) return super.query(text, parameters, structured);
    const turn = {};
    try {
      return await this.turns.begin(turn, () => super.query(text, parameters, structured));
    } finally {
      this.turns.leave(turn);
    }
  }

  override async release(): Promise<void> {
    this.end();
    this.isReleased = true;
    await super.release();
  }

  private async begins(isolationLevel?: IsolationLevel): Promise<void> {
    beginUnit(this);
    try {
      if (isolationLevel ?? this.dataSource.options.isolationLevel)
        await super.startTransaction(isolationLevel);
      else await this.begin();
    } catch (error) {
      this.end();
      throw error;
    }
  }

  private async begin(): Promise<void> {
    await this.broadcaster.broadcast('BeforeTransactionStart');
    this.send(begin);
    this.isTransactionActive = true;
    this.transactionDepth = 1;
    await this.broadcaster.broadcast('AfterTransactionStart');
  }

  /** Straight to the connection, since units begin and commit more often than anything else. */
  private send(sql: string): void {
    this.dataSource.logger.logQuery(sql, [], this);
    const known = statementsOf(this.connectionAtHand);
    try {
      const statement = known.get(sql) ?? this.connectionAtHand?.prepare(sql);
      statement?.run();
      if (statement) known.set(sql, statement);
    } catch (cause) {
      throw new QueryFailedError(sql, [], cause as Error);
    }
  }

  /** Gives the turn back, with no transaction left open, whatever failed before. */
  private end(): void {
    if (!this.turns.heldBy(this)) return;
    this.isTransactionActive = false;
    this.transactionDepth = 0;
    try {
      if (this.connectionAtHand?.inTransaction) this.connectionAtHand.exec('ROLLBACK');
    } finally {
      this.turns.leave(this);
    }
  }

  /** Undefined until the DataSource has connected. */
  private get connectionAtHand(): Connection | undefined {
    return this.driver.databaseConnection as Connection | undefined;
  }
}
