import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { databaseTarget } from '../../../src/config/database-target.js';
import { portalDataSource } from '../../../src/database/connection/data-source.js';
import { migrate } from '../../../src/database/migrate.js';
import { type DatabaseKind, emptyDatabase } from './databases.js';

/** A database with the portal's tables, deleted by `close`. */
export interface Scratch {
  readonly database: DataSource;
  close(): Promise<void>;
}

/** For tests that need tables and no portal. */
export async function scratchDatabase(kind: DatabaseKind = 'sqlite'): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), 'portal-'));
  const { url, drop } = await emptyDatabase(kind, folder);
  const database = await portalDataSource({ database: databaseTarget(url) }, []).initialize();
  await migrate(database);
  return {
    database,
    async close() {
      await database.destroy();
      await drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
