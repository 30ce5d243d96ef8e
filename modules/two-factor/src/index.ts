export { twoFactorEntities } from './storage/entities.js';
export { twoFactorMigrations } from './storage/migrations.js';
export { inOneUnit } from './storage/one-unit.js';
export { queueSqlite } from './storage/queue-sqlite.js';
export { safeDataSourceOptions } from './storage/safe-data-source-options.js';
export { KeyRing } from './storage/key-ring.js';
export { parseKeyRing } from './storage/key-ring-text.js';
export { TypeOrmStores } from './storage/typeorm.stores.js';
