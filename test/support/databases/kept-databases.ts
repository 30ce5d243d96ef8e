import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { databaseTarget } from '../../../src/config/database-target.js';
import { portalDataSource } from '../../../src/database/connection/data-source.js';
import { migrate } from '../../../src/database/migrate.js';
import { installedModules } from '../../../src/portal/modules/installed-modules.js';
import { type DatabaseKind, type DatabaseServer, type EmptyDatabase, emptyDatabase } from './databases.js';

/** A database with the portal's tables, and what its schema was when they were made. */
interface Kept {
  readonly database: EmptyDatabase;
  readonly schema: string;
}

interface Store {
  /** SQLite's file with the tables. */
  file?: Promise<Buffer>;
  /** The databases that no test uses at the moment. */
  readonly postgres: Kept[];
  readonly mariadb: Kept[];
}

/** It belongs to the worker, which outlives the modules of a test file. */
const place = Symbol.for('client-area: kept databases');
const worker = globalThis as { [place]?: Store };
const store = (worker[place] ??= { postgres: [], mariadb: [] });

/**
 * Returns a database with the tables of the portal and of the installed modules, and without a row. SQLite: a copy of one file.
 *
 * A server takes about a second to create, migrate and drop a database. Therefore `drop` removes the rows and keeps it for the
 * next test, if its schema is unchanged and nobody else is connected. `npm test` drops what is kept at its end.
 */
export async function tablesOfPortal(kind: DatabaseKind, folder: string): Promise<EmptyDatabase> {
  if (kind === 'sqlite') return copied(folder);
  if (!process.env['TEST_RUN']) return emptyDatabase(kind, folder);
  const next = store[kind].pop() ?? (await made(kind));
  const { url } = next.database;
  return { url, drop: () => taken(kind, next) };
}

async function copied(folder: string): Promise<EmptyDatabase> {
  const file = await (store.file ??= madeFile());
  await writeFile(join(folder, 'portal.sqlite'), file);
  return emptyDatabase('sqlite', folder);
}

async function madeFile(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'tables-'));
  const { url } = await emptyDatabase('sqlite', folder);
  await migrated(url, () => Promise.resolve());
  const file = await readFile(join(folder, 'portal.sqlite'));
  await rm(folder, { recursive: true });
  return file;
}

async function made(kind: DatabaseServer): Promise<Kept> {
  const database = await emptyDatabase(kind, '');
  const schema = await migrated(database.url, (connection) => schemaOf(kind, connection));
  return { database, schema };
}

async function migrated<T>(url: string, then: (connection: DataSource) => Promise<T>): Promise<T> {
  const connection = await portalDataSource({ database: databaseTarget(url) }, installedModules).initialize();
  try {
    await migrate(connection);
    return await then(connection);
  } finally {
    await connection.destroy();
  }
}

async function taken(kind: DatabaseServer, { database, schema }: Kept): Promise<void> {
  const type = kind === 'postgres' ? 'postgres' : 'mysql';
  const connection = await new DataSource({ type, url: database.url, poolSize: 1 }).initialize();
  const isClean = await cleaned(kind, connection, schema).catch(() => false);
  await connection.destroy();
  if (isClean) store[kind].push({ database, schema });
  else await database.drop();
}

/** Removes all rows but those that name the migrations. Returns false when the tables are not as they were made. */
async function cleaned(kind: DatabaseServer, connection: DataSource, schema: string): Promise<boolean> {
  for (const statement of impatience[kind]) await connection.query(statement);
  if (!(await isAlone(kind, connection)) || (await schemaOf(kind, connection)) !== schema) return false;
  const tables = await connection.query<{ name: string }[]>(tablesOf[kind]);
  const removals = tables
    .filter(({ name }) => name !== 'migrations')
    .map(({ name }) => `DELETE FROM ${name}`);
  await connection.transaction(async (manager) => {
    for (const removal of removals) await manager.query(removal);
  });
  return true;
}

/** Whether all other connections have ended. A server needs a moment for it, so it is asked up to 50 times. */
async function isAlone(kind: DatabaseServer, connection: DataSource): Promise<boolean> {
  for (let left = 50; left > 0; left -= 1) {
    const others = await connection.query<unknown[]>(othersOf[kind]);
    if (others.length === 0) return true;
    await connection.query(kind === 'postgres' ? 'SELECT pg_sleep(0.02)' : 'SELECT SLEEP(0.02)');
  }
  return false;
}

const othersOf: Readonly<Record<DatabaseServer, string>> = {
  postgres: `SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  mariadb: 'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
};

/** A lock that a test left behind must not stop the next one. */
const impatience: Readonly<Record<DatabaseServer, readonly string[]>> = {
  postgres: [`SET lock_timeout = '2s'`],
  mariadb: ['SET lock_wait_timeout = 2', 'SET innodb_lock_wait_timeout = 2'],
};

const tablesOf: Readonly<Record<DatabaseServer, string>> = {
  postgres: 'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()',
  mariadb: `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()`,
};

/** Everything that a test could have changed: columns, indexes, constraints, triggers. */
const schemaQueries: Readonly<Record<DatabaseServer, readonly string[]>> = {
  postgres: [
    `SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
     FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2`,
    'SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1',
    `SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE connamespace = current_schema()::regnamespace ORDER BY 1, 2`,
    'SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2',
    'SELECT name FROM migrations ORDER BY 1',
  ],
  mariadb: [
    `SELECT table_name, column_name, column_type, collation_name, is_nullable, column_default
     FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY 1, 2`,
    `SELECT table_name, index_name, seq_in_index, column_name, non_unique
     FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY 1, 2, 3`,
    `SELECT table_name, constraint_name FROM information_schema.table_constraints
     WHERE table_schema = DATABASE() ORDER BY 1, 2`,
    'SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY 1',
    'SELECT name FROM migrations ORDER BY 1',
  ],
};

async function schemaOf(kind: DatabaseServer, connection: DataSource): Promise<string> {
  const parts: unknown[] = [];
  for (const query of schemaQueries[kind]) parts.push(await connection.query(query));
  return JSON.stringify(parts);
}
