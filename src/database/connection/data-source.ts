import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Config } from '../../config.js';
import type { DatabaseTarget } from '../../config/database-target.js';
import type { PortalModule } from '../../portal/modules/portal-module.js';
import { applyTimeouts, pipelinePostgres, queueSqlite, safeDataSourceOptions } from 'typeorm-unit-of-work';
import { portalEntities } from '../entities.js';
import { portalMigrations } from '../migrations.js';
import { requests, type Waits } from './waits.js';

/**
 * Tests detect a transaction that waits for itself. The running portal need not check this, because the check makes
 * every promise slower.
 */
const detectSelfWait = process.env['NODE_ENV'] === 'test';

/** The only way to the database: the portal's tables and those of every installed module. Not connected yet. */
export function portalDataSource(
  config: Pick<Config, 'database'>,
  modules: readonly PortalModule[],
  waits: Waits = requests,
): DataSource {
  const dataSource = new DataSource({
    ...driverOptions(config.database),
    ...safeDataSourceOptions,
    entities: [...portalEntities, ...modules.flatMap((each) => each.entities)],
    migrations: [...portalMigrations, ...modules.flatMap((each) => each.migrations)],
    migrationsTransactionMode: 'each',
    synchronize: false,
  });
  queueSqlite(dataSource, { detectSelfWait, busyTimeout: waits.file });
  pipelinePostgres(dataSource);
  applyTimeouts(dataSource, waits);
  modules.forEach((each) => each.prepare?.(dataSource));
  return dataSource;
}

function driverOptions(target: DatabaseTarget): DataSourceOptions {
  switch (target.type) {
    case 'better-sqlite3':
      return { type: 'better-sqlite3', database: target.path };
    case 'postgres':
      return { type: 'postgres', url: target.url, poolSize: 10 };
    case 'mysql':
      return {
        type: 'mysql',
        url: target.url,
        poolSize: 10,
        // The collation of comparisons without a column; a column has its own: see `byteByByte`.
        charset: 'utf8mb4_bin',
        timezone: 'Z',
      };
  }
}
