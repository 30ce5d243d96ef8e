import type { DataSource } from 'typeorm';
import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import { LimitedMysqlRunner } from './limited-mysql-runner.js';
import { placesFor } from './mysql-places.js';
import { idleFor, keepAliveDelay, requestWaits, type WaitLimits } from './wait-limits.js';

/**
 * Bounds every wait for a database server, so that one that falls silent costs a failed statement and never a place in the pool: a
 * connection that does not answer in time is closed. Left out, a limit is one for web requests; give longer ones where
 * migrations run. Call it before `initialize`. Does nothing on SQLite, which `queueSqlite` sees to.
 */
export function limitWaits(dataSource: DataSource, limits: Partial<WaitLimits> = {}): void {
  const { type } = dataSource.options;
  const all = { ...requestWaits, ...limits };
  if (type === 'postgres') limitPostgres(dataSource, all);
  if (type === 'mysql' || type === 'mariadb') limitMysql(dataSource, all);
}

function limitPostgres(dataSource: DataSource, limits: WaitLimits): void {
  const extra = {
    ...(dataSource.options.extra as object),
    query_timeout: limits.answer,
    // Only then does pg close a connection whose answer did not come in time; else the next user would wait behind it.
    pipeline: true,
    statement_timeout: limits.statement,
    lock_timeout: limits.lock,
    idle_in_transaction_session_timeout: limits.transaction,
    idleTimeoutMillis: idleFor,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveDelay,
  };
  dataSource.setOptions({ connectTimeoutMS: limits.connection, extra });
}

function limitMysql(dataSource: DataSource, limits: WaitLimits): void {
  const { options } = dataSource;
  const poolSize = options.poolSize ?? 10;
  dataSource.setOptions({
    connectTimeout: limits.connection,
    extra: {
      ...(options.extra as object),
      enableKeepAlive: true,
      keepAliveInitialDelay: keepAliveDelay,
      // mysql2 looks at idle connections only where fewer may be idle than there are places.
      maxIdle: Math.max(poolSize - 1, 1),
      idleTimeout: idleFor,
    },
  });
  const driver = dataSource.driver as MysqlDriver;
  const places = placesFor(driver, limits);
  driver.createQueryRunner = (mode) => new LimitedMysqlRunner(driver, mode, places);
}
