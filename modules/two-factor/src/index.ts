export { twoFactorEntities } from './storage/entities.js';
export { twoFactorMigrations } from './storage/migrations.js';
export { inOneUnit } from './storage/one-unit.js';
export { queueSqlite } from './storage/queue-sqlite.js';
export { safeDataSourceOptions } from './storage/safe-data-source-options.js';
