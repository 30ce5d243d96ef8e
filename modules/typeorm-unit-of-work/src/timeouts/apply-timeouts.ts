import type { DataSource } from 'typeorm';
import { replaceQueryRunnerClass } from '../internals/query-runner-class.js';
import { timedMysqlQueryRunner } from './timed-mysql-query-runner.js';
import { MysqlDeadlines } from './mysql-deadlines.js';
import { idleFor, keepAliveDelay, requestTimeouts, type DatabaseTimeouts } from './database-timeouts.js';

/**
 * Limits every wait for a database server. A server without an answer then costs a failed statement and never a place
 * in the pool, because its connection is closed. The defaults suit web requests; give longer limits for migrations.
 * Call it before `initialize`. It does nothing on SQLite: see `queueSqlite`.
 */
export function applyTimeouts(dataSource: DataSource, timeouts: Partial<DatabaseTimeouts> = {}): void {
  const { type } = dataSource.options;
  const all = { ...requestTimeouts, ...timeouts };
  if (type === 'postgres') limitPostgres(dataSource, all);
  if (type === 'mysql' || type === 'mariadb') limitMysql(dataSource, all);
}

function limitPostgres(dataSource: DataSource, timeouts: DatabaseTimeouts): void {
  const extra = {
    ...(dataSource.options.extra as object),
    query_timeout: timeouts.answer,
    // With this option pg closes a connection without an answer in time; else the next user would wait behind it.
    pipeline: true,
    statement_timeout: timeouts.statement,
    lock_timeout: timeouts.lock,
    idle_in_transaction_session_timeout: timeouts.transaction,
    idleTimeoutMillis: idleFor,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveDelay,
  };
  dataSource.setOptions({ connectTimeoutMS: timeouts.connection, extra });
}

function limitMysql(dataSource: DataSource, timeouts: DatabaseTimeouts): void {
  const { options } = dataSource;
  const poolSize = options.poolSize ?? 10;
  dataSource.setOptions({
    connectTimeout: timeouts.connection,
    extra: {
      ...(options.extra as object),
      enableKeepAlive: true,
      keepAliveInitialDelay: keepAliveDelay,
      // mysql2 looks at idle connections only where fewer may be idle than the pool holds.
      maxIdle: Math.max(poolSize - 1, 1),
      idleTimeout: idleFor,
    },
  });
  const deadlines = new MysqlDeadlines(timeouts);
  replaceQueryRunnerClass(
    dataSource,
    (Original) => timedMysqlQueryRunner(Original, deadlines),
    'a MariaDB or MySQL server that does not answer blocks its callers.',
  );
}
