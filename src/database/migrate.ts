import type { DataSource } from 'typeorm';
import { byteByByte } from './collation.js';
import { underLock } from './lock.js';

/** Brings the database up to date, one process at a time. Answers the names of the migrations it ran. */
export function migrate(dataSource: DataSource): Promise<readonly string[]> {
  return underLock(dataSource, async () => {
    await byteByByte(dataSource);
    const ran = await dataSource.runMigrations();
    return ran.map((each) => each.name);
  });
}

/** Is there a migration that has not run here? */
export function migrationsDue(dataSource: DataSource): Promise<boolean> {
  return dataSource.showMigrations();
}
