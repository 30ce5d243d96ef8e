import { errorCode, errorMessage } from '../../error-facts.js';

/** What the drivers say when the database is not there, is going, or is too busy: nothing the request did wrong. */
const codes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'POOL_CLOSED',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_QUERY_TIMEOUT',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_BAD_DB_ERROR',
  // a table that is not there yet, or not any more: a migration is missing
  'ER_NO_SUCH_TABLE',
  '42P01',
  'ER_ACCESS_DENIED_ERROR',
  '3D000',
  '25006',
  // no next statement in time, and a statement that took too long
  '25P03',
  '57014',
  '40001',
  '40P01',
  '53300',
  '55P03',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
  'SQLITE_CANTOPEN',
  'SQLITE_FULL',
  'SQLITE_READONLY',
  'SQLITE_READONLY_DBMOVED',
]);

/** PostgreSQL's classes 08 (connection) and 57P (operator intervention), and SQLite's family of input/output errors. */
const families = /^(08...|57P0.|SQLITE_IOERR.*)$/;

/** The same where a driver gives a sentence instead of a code. */
const sentences =
  /connection (terminated|is closed|timeout)|timeout exceeded when trying to connect|timeout expired|query read timeout|max_statement_time exceeded|pool is closed|cannot use a pool after calling end|database connection is not open|client has encountered a connection error|not queryable|no turn within|no such table|in closed state|(data source|connection) .*(not (yet )?(established|connected|initialized))/i;

/** Is this failure the database's absence? Then the answer is a 503, and the next request may do better. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { errors, driverError } = (error ?? {}) as { errors?: unknown; driverError?: unknown };
  // A name with several addresses fails with one error for each.
  if (Array.isArray(errors) && errors.length > 0) return errors.some(isDatabaseUnavailable);
  if (driverError !== undefined) return isDatabaseUnavailable(driverError);
  const code = errorCode(error);
  return codes.has(code) || families.test(code) || sentences.test(errorMessage(error));
}

/** What the drivers say when a unique index has such a row already. */
const uniqueCodes = new Set(['23505', 'ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE']);

/** Was a change refused because somebody else has what may be there once? The unit of work it was in is rolled back. */
export function isUniqueViolation(error: unknown): boolean {
  const { driverError } = (error ?? {}) as { driverError?: unknown };
  return uniqueCodes.has(errorCode(driverError ?? error));
}
