import type { DataSource } from 'typeorm';
import { byteByByte } from './connection/collation.js';
import { underLock } from './locks/lock.js';
import { refuseOtherSchema } from './schema-check.js';

/**
 * Brings the database up to date, one process at a time. Returns the names of the migrations that ran.
 * @throws DatabaseConnectionError when another version of the portal made the tables.
 */
export function migrate(dataSource: DataSource): Promise<readonly string[]> {
  return underLock(dataSource, async () => {
    await byteByByte(dataSource);
    const ran = await dataSource.runMigrations();
    await refuseOtherSchema(dataSource);
    return ran.map((each) => each.name);
  });
}

/** Whether a migration has not run here. */
export function migrationsDue(dataSource: DataSource): Promise<boolean> {
  return dataSource.showMigrations();
}
