import { QueryFailedError } from 'typeorm';

/** Error codes of drivers after which the same work may succeed. */
const transientCodes = new Set([
  // PostgreSQL: serialization failure, deadlock, lock timeout.
  '40001',
  '40P01',
  '55P03',
  // MariaDB and MySQL: deadlock, lock wait timeout.
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  // SQLite: another process writes.
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
]);

/** Returns true for a deadlock, a serialization failure, a lock timeout and a busy file: nothing was changed, and a retry may succeed. */
export function isTransient(error: unknown): boolean {
  return error instanceof QueryFailedError && transientCodes.has(driverErrorCode(error));
}

/** Returns the error code of the driver, also from inside a QueryFailedError; empty when there is none. */
export function driverErrorCode(error: unknown): string {
  const { code } = (error instanceof QueryFailedError ? error.driverError : (error ?? {})) as {
    code?: unknown;
  };
  return typeof code === 'string' ? code : '';
}
