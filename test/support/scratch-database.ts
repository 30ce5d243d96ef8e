import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { databaseTarget } from '../../src/config/database-target.js';
import { portalDataSource } from '../../src/database/data-source.js';
import { migrate } from '../../src/database/migrate.js';
import { type DatabaseKind, emptyDatabase, forEachDatabase } from './databases.js';

/** An own, migrated database, gone without a trace after `close`. */
export interface Scratch {
  readonly database: DataSource;
  close(): Promise<void>;
}

/** A migrated database without the rest of the portal; SQLite for whatever is the same on all of them. */
export async function scratchDatabase(kind: DatabaseKind = 'sqlite'): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), 'portal-'));
  const empty = await emptyDatabase(kind, folder);
  const database = await portalDataSource({ database: databaseTarget(empty.url) }, []).initialize();
  await migrate(database);
  return {
    database,
    async close() {
      await database.destroy();
      await empty.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The same stories on every database there is; one that cannot be tried here is reported as not run. */
export function onEachDatabase(story: (open: () => Promise<Scratch>) => void): void {
  forEachDatabase('on', (kind) => story(() => scratchDatabase(kind)));
}
