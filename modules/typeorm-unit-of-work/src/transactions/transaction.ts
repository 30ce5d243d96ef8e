import type { DataSource, EntityManager } from 'typeorm';
import { withRetry } from '../retry/with-retry.js';
import { fileMutexOf } from '../sqlite/file-mutex.js';
import { inTransactionScope } from '../sqlite/transaction-scope.js';
import { isolationLevelToSet } from './isolation-level.js';

/** The work of a transaction. It may run more than once. */
export type TransactionWork<T> = (manager: EntityManager) => Promise<T>;

/**
 * Runs `work` in one transaction, READ COMMITTED on PostgreSQL, MariaDB and MySQL. The whole transaction is repeated, up to 3
 * times within 1.5 s, after a deadlock, a serialization failure, a lock timeout or a busy file. So `work` awaits only
 * statements of its manager, and its first statement is its conditional write. An error of `work` rolls back.
 *
 * @throws the error of `work`, or of the last attempt.
 */
export function transaction<T>(dataSource: DataSource, work: TransactionWork<T>): Promise<T> {
  return withRetry(() =>
    dataSource.options.type === 'better-sqlite3' ? onSqlite(dataSource, work) : onServer(dataSource, work),
  );
}

function onSqlite<T>(dataSource: DataSource, work: TransactionWork<T>): Promise<T> {
  const run = () => dataSource.transaction(work);
  return fileMutexOf(dataSource.driver)?.detectsSelfWait ? inTransactionScope(run) : run();
}

async function onServer<T>(dataSource: DataSource, work: TransactionWork<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const level = await isolationLevelToSet(dataSource, runner);
    return await (level ? runner.manager.transaction(level, work) : runner.manager.transaction(work));
  } finally {
    await runner.release();
  }
}
