import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { pipelinePostgres, queueSqlite, safeDataSourceOptions } from 'typeorm-unit-of-work';
import { twoFactorEntities } from './schema/entities.js';
import { twoFactorMigrations } from './schema/migrations.js';

type Prepare = (dataSource: DataSource) => void;

/** An empty database for one spec; `drop` deletes it. */
export interface Scratch {
  readonly dataSource: DataSource;
  /** Connects one more DataSource to the same database, with further preparation. */
  another(further?: Prepare): Promise<DataSource>;
  drop(): Promise<void>;
}

/** A kind of database on which the specs run. */
export interface Database {
  readonly name: string;
  /** The variable that a test of this database needs; undefined when it needs none. */
  readonly variable?: string;
  scratch(): Promise<Scratch>;
}

const common = {
  ...safeDataSourceOptions,
  entities: twoFactorEntities,
  migrations: twoFactorMigrations,
} satisfies Partial<DataSourceOptions>;

async function opened(options: DataSourceOptions, prepare: Prepare): Promise<DataSource> {
  const dataSource = new DataSource(options);
  prepare(dataSource);
  return dataSource.initialize();
}

async function scratch(
  options: DataSourceOptions,
  drop: () => Promise<unknown>,
  prepare: Prepare = () => undefined,
): Promise<Scratch> {
  const dataSource = await opened(options, prepare);
  const open = [dataSource];
  const another = async (further: Prepare = () => undefined): Promise<DataSource> => {
    const more = await opened(options, (each) => {
      prepare(each);
      further(each);
    });
    open.push(more);
    return more;
  };
  const dropAll = async (): Promise<void> => {
    for (const each of open) if (each.isInitialized) await each.destroy();
    await drop();
  };
  return { dataSource, another, drop: dropAll };
}

async function onServer(server: DataSourceOptions, url: string, prepare?: Prepare): Promise<Scratch> {
  const name = `scratch_${randomUUID().replaceAll('-', '')}`;
  const address = new URL(url);
  address.pathname = `/${name}`;
  await atServer(server, `CREATE DATABASE ${name}`);
  const options = { ...server, ...common, url: address.href, poolSize: 10 } as DataSourceOptions;
  // PostgreSQL continues a statement after its client has disconnected.
  const force = server.type === 'postgres' ? ' WITH (FORCE)' : '';
  return scratch(options, () => atServer(server, `DROP DATABASE ${name}${force}`), prepare);
}

async function atServer(server: DataSourceOptions, sql: string): Promise<void> {
  const dataSource = await new DataSource(server).initialize();
  await dataSource.query(sql);
  await dataSource.destroy();
}

const { TEST_POSTGRES_URL, TEST_MARIADB_URL } = process.env;

export const sqlite: Database = {
  name: 'SQLite',
  async scratch() {
    const folder = await mkdtemp(join(tmpdir(), 'two-factor-'));
    const options = { ...common, type: 'better-sqlite3', database: join(folder, 'scratch.sqlite') } as const;
    return scratch(options, () => rm(folder, { recursive: true }), queueSqlite);
  },
};

export const postgres: Database = {
  name: 'PostgreSQL',
  variable: 'TEST_POSTGRES_URL',
  scratch: () => onServer({ type: 'postgres', url: TEST_POSTGRES_URL }, TEST_POSTGRES_URL ?? ''),
};

/** The same with `pipelinePostgres`. */
export const pipelined: Database = {
  name: 'PostgreSQL, several statements at once',
  variable: 'TEST_POSTGRES_URL',
  scratch: () =>
    onServer({ type: 'postgres', url: TEST_POSTGRES_URL }, TEST_POSTGRES_URL ?? '', pipelinePostgres),
};

export const mariadb: Database = {
  name: 'MariaDB',
  variable: 'TEST_MARIADB_URL',
  scratch: () => onServer({ type: 'mariadb', url: TEST_MARIADB_URL }, TEST_MARIADB_URL ?? ''),
};

/** Declares a suite for each database. Where its variable is not set, the suite says so and is skipped. */
export function onEach(databases: readonly Database[], suite: (database: Database) => void): void {
  for (const database of databases) {
    const { name, variable } = database;
    if (variable === undefined || process.env[variable]) describe(name, () => suite(database));
    else describe.skip(`${name} (not run: ${variable} is not set)`, () => suite(database));
  }
}
