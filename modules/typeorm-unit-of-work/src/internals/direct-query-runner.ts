import type { QueryRunner } from 'typeorm';
import type { SqlStatement } from '../sql/sql-statement.js';

/** The result of a statement: its rows, and how many rows it changed. */
export interface StatementResult {
  readonly rows: readonly unknown[];
  readonly affected: number;
}

/**
 * A query runner of this package that sends a statement to its driver directly, over the connection of the public method
 * `connect`. TypeORM's own `query` prepares each statement anew on SQLite, and calls subscribers and timers on every database.
 */
export interface DirectQueryRunner {
  /** Rejects with the driver's own error. */
  runStatement(statement: SqlStatement): Promise<StatementResult>;
}

/** Returns true for the query runners of `queueSqlite`, `pipelinePostgres` and `applyTimeouts`. */
export function isDirect(runner: QueryRunner): runner is QueryRunner & DirectQueryRunner {
  return 'runStatement' in runner;
}
