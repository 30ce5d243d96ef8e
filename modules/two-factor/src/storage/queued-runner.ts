import type { ObjectLiteral, QueryRunner } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { Turns } from './turns.js';
import { beginUnit } from './unit-context.js';

type IsolationLevel = Parameters<QueryRunner['startTransaction']>[0];
type Answer = ReturnType<BetterSqlite3QueryRunner['query']>;

/** What is needed of a better-sqlite3 connection. */
export interface Connection {
  readonly inTransaction: boolean;
  exec(sql: string): unknown;
  pragma(sql: string): unknown;
}

/** Prepared statements belong to a connection, and outlive the runners on it. */
const statements = new WeakMap<Connection, Map<string, unknown>>();

function statementsOf(connection: Connection | undefined): Map<string, unknown> {
  if (!connection) return new Map();
  const known = statements.get(connection) ?? new Map<string, unknown>();
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
    private readonly turns: Turns,
  ) {
    super(driver);
    Object.assign(this, { stmtCache: statementsOf(this.connectionAtHand) });
  }

  override async startTransaction(isolationLevel?: IsolationLevel): Promise<void> {
    if (this.turns.heldBy(this)) return super.startTransaction(isolationLevel);
    await this.turns.enter(this);
    beginUnit(this);
    try {
      await super.startTransaction(isolationLevel);
    } catch (error) {
      this.end();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction();
    if (!this.isTransactionActive) this.end();
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
    // Taking SQLite's write lock at once: a unit that reads first and writes later would be refused, without waiting,
    // whenever another process wrote in between.
    const text = sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql;
    if (this.turns.heldBy(this)) return super.query(text, parameters, structured);
    const turn = {};
    await this.turns.enter(turn);
    try {
      return await super.query(text, parameters, structured);
    } finally {
      this.turns.leave(turn);
    }
  }

  override async release(): Promise<void> {
    this.end();
    this.isReleased = true;
    await super.release();
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
