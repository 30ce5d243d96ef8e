import type { DataSource, QueryRunner } from 'typeorm';
import { underFileLock } from './file-lock.js';

/** The longest wait for the migration of another process, in seconds. */
const patience = 120;

/**
 * Runs `work` while no other process does the same on this database: two nodes that start at once migrate one after the
 * other. PostgreSQL: advisory lock; MariaDB and MySQL: GET_LOCK; SQLite: a file beside the database.
 */
export function underLock<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const { options } = dataSource;
  if (options.type === 'better-sqlite3')
    return underFileLock(`${options.database}.lock`, patience * 1000, work);
  return underServerLock(dataSource, options.type === 'postgres' ? advisory : named, work);
}

interface ServerLock {
  take(runner: QueryRunner): Promise<unknown>;
  give(runner: QueryRunner): Promise<unknown>;
}

/** Any number works, as long as every version of the portal uses the same. Advisory locks belong to one database. */
const advisory: ServerLock = {
  async take(runner) {
    await runner.query(`SET lock_timeout = '${patience}s'`);
    await runner.query('SELECT pg_advisory_lock(20260101)');
  },
  async give(runner) {
    await runner.query('SELECT pg_advisory_unlock(20260101)');
    await runner.query('RESET lock_timeout');
  },
};

/** Named locks belong to the whole server; the database's name separates two portals on one server. */
const named: ServerLock = {
  async take(runner) {
    const [row] = (await runner.query(
      `SELECT GET_LOCK(CONCAT('portal:', MD5(DATABASE())), ${patience}) AS taken`,
    )) as {
      taken: unknown;
    }[];
    if (Number(row?.taken) !== 1) throw new Error('Another process is still migrating this database.');
  },
  give: (runner) => runner.query("SELECT RELEASE_LOCK(CONCAT('portal:', MD5(DATABASE())))"),
};

/** The lock belongs to one connection, which is reserved until the work is done. */
async function underServerLock<T>(
  dataSource: DataSource,
  lock: ServerLock,
  work: () => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await lock.take(runner);
    try {
      return await work();
    } finally {
      await lock.give(runner);
    }
  } finally {
    await runner.release();
  }
}
