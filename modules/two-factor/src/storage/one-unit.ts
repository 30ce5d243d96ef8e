import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { levelToAskFor } from './isolation.js';
import { isPassing } from './passing-failure.js';

/** How often work is done again after a passing failure, and the first pause before it, in milliseconds. */
const retries = 3;
const firstPause = 10;

/** Nothing is tried again later than this after its first try, in milliseconds: people wait, and each try may wait for a lock. */
const patience = 1_500;

/**
 * One unit of work: a transaction, all of it or nothing, READ COMMITTED on PostgreSQL, MariaDB and MySQL. The whole of it
 * is done again, up to 3 times within 1.5 s, after a deadlock, a serialization failure, a lock timeout or a busy file. So `work`
 * awaits nothing but statements of the manager it is given, and its first statement is its conditional write.
 */
export function inOneUnit<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return persistently(() =>
    dataSource.options.type === 'better-sqlite3'
      ? dataSource.transaction(work)
      : onOneRunner(dataSource, work),
  );
}

async function onOneRunner<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const level = await levelToAskFor(dataSource, runner);
    return await (level ? runner.manager.transaction(level, work) : runner.manager.transaction(work));
  } finally {
    await runner.release();
  }
}

/** Does `work` again after a passing failure, with growing pauses of uneven length so that rivals part. */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + patience;
  for (let left = retries, wait = firstPause; ; left -= 1, wait *= 2) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !isPassing(error) || performance.now() > until) throw error;
    }
    await pause(wait * (0.5 + Math.random()));
  }
}
