import { setTimeout as pause } from 'node:timers/promises';
import { driverErrorCode } from '../retry/transient-error.js';
import type { SqliteConnection } from './prepared-statements.js';
import { TransactionMutex } from './transaction-mutex.js';

/** The pauses between two attempts, in milliseconds. */
const firstPause = 2;
const longestPause = 40;

/** Another process writes, or recovers the file after a crash. */
const busy = new Set(['SQLITE_BUSY', 'SQLITE_BUSY_RECOVERY']);

/** A mutex for a SQLite file that other processes write to as well. */
export class FileMutex extends TransactionMutex {
  /**
   * `busyTimeout`: how long to wait for another process, in milliseconds. `detectsSelfWait`: whether transactions are
   * tracked, see `QueueOptions`.
   */
  constructor(
    private readonly busyTimeout: number,
    readonly detectsSelfWait: boolean,
  ) {
    super();
  }

  /**
   * Acquires the mutex and runs the first statement. While another process holds the file, the mutex is released between two
   * attempts, so that reads go on, and the event loop stays free. After success the owner keeps the mutex.
   *
   * @throws the error of the statement; SQLITE_BUSY after `busyTimeout`.
   */
  async acquireAndRun<T>(owner: object, firstStatement: () => T | Promise<T>): Promise<T> {
    const until = performance.now() + this.busyTimeout;
    for (let wait = firstPause; ; wait = Math.min(2 * wait, longestPause)) {
      await this.acquire(owner);
      try {
        return await firstStatement();
      } catch (error) {
        this.release(owner);
        if (!busy.has(driverErrorCode(error)) || performance.now() > until) throw error;
      }
      await pause(wait * (0.5 + Math.random()));
    }
  }
}

const mutexes = new WeakMap<object, FileMutex>();

/** Returns the mutex of this driver; undefined when `queueSqlite` was not called. */
export function fileMutexOf(driver: object): FileMutex | undefined {
  return mutexes.get(driver);
}

/** Stores the mutex of this driver. */
export function setFileMutex(driver: object, mutex: FileMutex): void {
  mutexes.set(driver, mutex);
}

const configured = new WeakSet<SqliteConnection>();

/** Makes the driver report a busy file at once. Its own wait would block the event loop of the process. */
export function disableBusyTimeout(connection: SqliteConnection): void {
  if (configured.has(connection)) return;
  connection.pragma('busy_timeout = 0');
  configured.add(connection);
}
