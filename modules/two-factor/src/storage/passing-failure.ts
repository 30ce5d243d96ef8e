import { QueryFailedError } from 'typeorm';

/** What the drivers say when trying again can help. */
const codes = new Set([
  // PostgreSQL: serialization failure, deadlock, lock timeout.
  '40001',
  '40P01',
  '55P03',
  // MariaDB and MySQL: deadlock, lock wait timeout.
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  // SQLite: another process is writing.
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
]);

/** Deadlock, serialization failure, lock timeout or busy: nothing was changed, and the same again may pass. */
export function isPassing(error: unknown): boolean {
  return error instanceof QueryFailedError && codes.has(driverCode(error));
}

/** The code that the driver gave its error, whether or not TypeORM stands around it; empty when there is none. */
export function driverCode(error: unknown): string {
  const { code } = (error instanceof QueryFailedError ? error.driverError : (error ?? {})) as {
    code?: unknown;
  };
  return typeof code === 'string' ? code : '';
}
