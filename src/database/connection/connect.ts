import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Pool } from 'mysql2';
import type { DataSource } from 'typeorm';
import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import { errorMessage } from '../../error-facts.js';
import type { Config } from '../../config.js';
import type { PortalModule } from '../../portal/modules/portal-module.js';
import { portalDataSource } from './data-source.js';
import { requests, type Waits } from './waits.js';

/** The portal cannot start on this database; the message is one sentence for the operator, without the password. */
export class DatabaseConnectionError extends Error {
  override readonly name = 'DatabaseRefused';
}

/** @throws DatabaseConnectionError when the database cannot be reached. */
export async function connect(
  config: Pick<Config, 'database'>,
  modules: readonly PortalModule[],
  waits: Waits = requests,
): Promise<DataSource> {
  const dataSource = portalDataSource(config, modules, waits);
  try {
    if (config.database.type === 'better-sqlite3')
      await mkdir(dirname(config.database.path), { recursive: true, mode: 0o700 });
    await dataSource.initialize();
    await beginReadCommitted(dataSource);
    return dataSource;
  } catch (cause) {
    throw new DatabaseConnectionError(`The database ${place(config)} cannot be reached: ${reason(cause)}.`, {
      cause,
    });
  }
}

/**
 * MariaDB and MySQL begin transactions at REPEATABLE READ. Every connection is set once to READ COMMITTED, so that
 * transactions need no statement for it.
 */
async function beginReadCommitted(dataSource: DataSource): Promise<void> {
  if (dataSource.options.type !== 'mysql') return;
  const pool = (dataSource.driver as MysqlDriver).pool as Pool;
  pool.on('connection', (connection) => {
    // A connection on which this fails reports the error at its next statement.
    connection.query(readCommitted, () => undefined);
  });
  // The connection that tested whether the database is reachable.
  await dataSource.query(readCommitted);
}

const readCommitted = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED';

function place({ database }: Pick<Config, 'database'>): string {
  if (database.type === 'better-sqlite3') return `file ${database.path}`;
  const { host, pathname } = new URL(database.url);
  return `${pathname.slice(1)} on ${host}`;
}

/** Drivers wrap several failed addresses of one name into an error without a message of its own. */
function reason(error: unknown): string {
  const { errors } = (error ?? {}) as { errors?: unknown };
  if (Array.isArray(errors) && errors.length > 0) return reason(errors[0]);
  const [line = ''] = errorMessage(error).split('\n');
  return line.replace(/\.$/, '');
}
