import type { DataSource } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { bindNumbers } from './bound-numbers.js';
import { neverWaits } from './file-turns.js';
import { QueuedRunner, type Connection } from './queued-runner.js';
import { takeTurns, turnsOf } from './sqlite-turns.js';
import { asUnit } from './unit-context.js';

/** How the queue is watched. */
export interface QueueOptions {
  /**
   * Notice at once where a unit of work uses the DataSource itself, which would wait for itself, and throw there. Left out:
   * yes. It makes every promise of the process dearer, so a host whose tests run with it may go without: such a unit is
   * then refused when its patience of 30 s has run out.
   */
  readonly noticeSelfWait?: boolean;
  /**
   * How long a unit, or a statement outside of any, waits for another process that holds the file, in milliseconds. Left out: 4 s, so
   * that a request is answered within 5 s. The event loop is free meanwhile, and reads go on.
   */
  readonly patience?: number;
}

/** How long opening the file waits for another process, in milliseconds; the whole process waits then. */
const openingTimeout = 5_000;

/**
 * Makes a better-sqlite3 DataSource safe for simultaneous use. TypeORM gives it one query runner, so that transactions
 * begun at the same time nest into each other, and single statements join whatever transaction is open. After this every
 * use of the DataSource, the host's and the package's, goes through one first-in-first-out queue: a runner a unit.
 * Using the DataSource itself inside a unit throws, since it would wait for itself: see `QueueOptions`.
 *
 * Turns the write-ahead log on and waits up to 4 s for other processes, without holding up this one. Call it before or after
 * `initialize`, as often as you like. Does nothing on other databases.
 */
export function queueSqlite(
  dataSource: DataSource,
  { noticeSelfWait = true, patience = 4_000 }: QueueOptions = {},
): void {
  if (dataSource.options.type !== 'better-sqlite3' || turnsOf(dataSource.driver)) return;
  useFile(dataSource);
  useQueue(dataSource, patience);
  if (noticeSelfWait) noticeUnits(dataSource);
}

function useFile(dataSource: DataSource): void {
  dataSource.setOptions({ enableWAL: true, timeout: openingTimeout });
  if (!dataSource.isInitialized) return;
  const connection = (dataSource.driver as BetterSqlite3Driver).databaseConnection as Connection;
  connection.pragma('journal_mode = WAL');
  neverWaits(connection);
}

function useQueue(dataSource: DataSource, patience: number): void {
  const driver = dataSource.driver as BetterSqlite3Driver;
  const turns = takeTurns(driver, patience);
  bindNumbers(driver);
  driver.createQueryRunner = () => new QueuedRunner(driver, turns);
}

function noticeUnits({ manager }: DataSource): void {
  const transaction = manager.transaction.bind(manager) as (...args: unknown[]) => Promise<unknown>;
  Object.assign(manager, { transaction: (...args: unknown[]) => asUnit(() => transaction(...args)) });
}
