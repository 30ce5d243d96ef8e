import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DataSource } from 'typeorm';

export type DatabaseKind = 'sqlite' | 'postgres' | 'mariadb';

export type DatabaseServer = Exclude<DatabaseKind, 'sqlite'>;

/** Which variable names a server to make scratch databases on. */
const variables: Readonly<Record<DatabaseServer, string>> = {
  postgres: 'TEST_POSTGRES_URL',
  mariadb: 'TEST_MARIADB_URL',
};

const names: Readonly<Record<DatabaseKind, string>> = {
  sqlite: 'SQLite',
  postgres: 'PostgreSQL',
  mariadb: 'MariaDB',
};

/** Tells a story on every database; one that no variable names is reported as not run. */
export function forEachDatabase(story: string, tell: (database: DatabaseKind) => void): void {
  describe(`${story} ${names.sqlite}`, () => tell('sqlite'));
  forEachDatabaseServer(story, tell);
}

/** Tells a story on every database that is a server: SQLite is in the same process, so it is never away or silent. */
export function forEachDatabaseServer(story: string, tell: (database: DatabaseServer) => void): void {
  for (const [kind, variable] of Object.entries(variables) as [DatabaseServer, string][]) {
    if (process.env[variable]) describe(`${story} ${names[kind]}`, () => tell(kind));
    else describe.skip(`${story} ${names[kind]} (not run: ${variable} is not set)`, () => tell(kind));
  }
}

/** An empty database of one's own. */
export interface EmptyDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes an empty database: a file in `folder`, or one beside the database that the variable names. */
export async function emptyDatabase(kind: DatabaseKind, folder: string): Promise<EmptyDatabase> {
  if (kind === 'sqlite')
    return { url: `sqlite:${join(folder, 'portal.sqlite')}`, drop: async () => undefined };
  const server = process.env[variables[kind]];
  if (!server) throw new Error(`${variables[kind]} is not set.`);
  const name = `portal_${process.env['TEST_RUN'] ?? 'alone'}_${randomBytes(6).toString('hex')}`;
  // a crash of the server is no part of any test
  const hasty = kind === 'postgres' ? [`ALTER DATABASE ${name} SET synchronous_commit = off`] : [];
  await onServer(kind, server, `CREATE DATABASE ${name}`, ...hasty);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const force = kind === 'postgres' ? ' WITH (FORCE)' : '';
  return { url: url.href, drop: () => onServer(kind, server, `DROP DATABASE IF EXISTS ${name}${force}`) };
}

/** Statements on the server itself. */
async function onServer(kind: DatabaseKind, server: string, ...statements: string[]): Promise<void> {
  const url = new URL(server);
  // The database that a variable names need not exist on MariaDB; PostgreSQL knows no connection without one.
  if (kind === 'mariadb') url.pathname = '/';
  const type = kind === 'postgres' ? 'postgres' : 'mysql';
  const connection = new DataSource({ type, url: url.href });
  await connection.initialize();
  try {
    for (const each of statements) await connection.query(each);
  } finally {
    await connection.destroy();
  }
}
