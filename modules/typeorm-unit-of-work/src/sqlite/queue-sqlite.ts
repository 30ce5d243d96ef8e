import type { DataSource } from 'typeorm';
import { replaceQueryRunnerClass } from '../internals/query-runner-class.js';
import { disableBusyTimeout, FileMutex, fileMutexOf, setFileMutex } from './file-mutex.js';
import type { SqliteConnection } from './prepared-statements.js';
import { queuedQueryRunner } from './queued-query-runner.js';

/** Options of the SQLite queue. */
export interface QueueOptions {
  /**
   * Throw at once where code inside `transaction` uses the DataSource itself, which would wait for itself. The default is true.
   * The check uses AsyncLocalStorage, which costs CPU time at every promise of the process. Without it such code fails
   * after 30 s.
   */
  readonly detectSelfWait?: boolean;
  /**
   * How long a transaction, or a statement outside of one, waits for another process that holds the file, in milliseconds. The
   * default is 4,000. The event loop is free meanwhile, and reads go on.
   */
  readonly busyTimeout?: number;
}

/** How long the opening of the file waits for another process, in milliseconds. The whole process waits then. */
const openingTimeout = 5_000;

/**
 * Makes a better-sqlite3 DataSource safe for concurrent use. TypeORM gives it a single query runner. Without this function,
 * concurrent transactions nest into each other, and single statements join the transaction that happens to be open. After this
 * call every use of the DataSource goes through one first-in-first-out queue, with a query runner for each transaction.
 *
 * It also turns the write-ahead log on. Call it before or after `initialize`, once or more often. It does nothing on other databases.
 */
export function queueSqlite(
  dataSource: DataSource,
  { detectSelfWait = true, busyTimeout = 4_000 }: QueueOptions = {},
): void {
  const { driver } = dataSource;
  if (dataSource.options.type !== 'better-sqlite3' || fileMutexOf(driver)) return;
  configureFile(dataSource);
  const mutex = new FileMutex(busyTimeout, detectSelfWait);
  const isQueued = replaceQueryRunnerClass(
    dataSource,
    (Original) => queuedQueryRunner(Original, mutex),
    'transactions on SQLite are not queued, so run one at a time.',
  );
  if (isQueued) setFileMutex(driver, mutex);
}

/** Returns whether concurrent use of this DataSource is safe: it is queued, or its database is not SQLite. */
export function isSafeForConcurrentUse({ options, driver }: DataSource): boolean {
  return options.type !== 'better-sqlite3' || fileMutexOf(driver) !== undefined;
}

function configureFile(dataSource: DataSource): void {
  dataSource.setOptions({ enableWAL: true, timeout: openingTimeout });
  if (!dataSource.isInitialized) return;
  const { databaseConnection } = dataSource.driver as { databaseConnection?: SqliteConnection };
  if (!databaseConnection) return;
  databaseConnection.pragma('journal_mode = WAL');
  disableBusyTimeout(databaseConnection);
}
