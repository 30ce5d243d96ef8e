import type { StatementResult } from '../internals/direct-query-runner.js';
import type { SqlStatement } from '../sql/sql-statement.js';

/** The part of a connection of better-sqlite3 that is used here. */
export interface SqliteConnection {
  readonly inTransaction: boolean;
  exec(sql: string): unknown;
  pragma(sql: string): unknown;
  prepare(sql: string): PreparedStatement;
}

interface PreparedStatement {
  /** Whether the statement returns rows. */
  readonly reader: boolean;
  all(...parameters: SqlStatement['parameters']): unknown[];
  run(...parameters: SqlStatement['parameters']): { readonly changes: number };
}

/** How many statements of a connection stay prepared: lists of many lengths make many texts of one statement. */
const limit = 500;

/** Prepared statements belong to a connection. They outlive the query runners on it, which TypeORM's own cache does not. */
const prepared = new WeakMap<SqliteConnection, Map<string, PreparedStatement>>();

/** Runs a statement at once. It is prepared only the first time. */
export function runPrepared(
  connection: SqliteConnection,
  { text, parameters }: SqlStatement,
): StatementResult {
  const statement = preparedStatement(connection, text);
  if (statement.reader) return { rows: statement.all(...parameters), affected: 0 };
  return { rows: [], affected: statement.run(...parameters).changes };
}

function preparedStatement(connection: SqliteConnection, text: string): PreparedStatement {
  const known = prepared.get(connection) ?? new Map<string, PreparedStatement>();
  prepared.set(connection, known);
  const found = known.get(text);
  if (found) return found;
  if (known.size >= limit) known.clear();
  const statement = connection.prepare(text);
  known.set(text, statement);
  return statement;
}
