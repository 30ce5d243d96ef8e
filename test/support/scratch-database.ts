import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { DatabaseTarget } from '../../src/config.js';
import { portalDataSource } from '../../src/database/data-source.js';
import { migrate } from '../../src/database/migrate.js';

/** An own, migrated database, gone without a trace after `close`. */
export interface Scratch {
  readonly database: DataSource;
  close(): Promise<void>;
}

/** A database the portal runs on; `reason` says why it cannot be tried here. */
export interface Kind {
  readonly name: string;
  readonly reason?: string;
  open(): Promise<Scratch>;
}

const sqlite: Kind = {
  name: 'SQLite',
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'portal-'));
    const remove = () => rm(folder, { recursive: true, force: true });
    return migrated({ type: 'better-sqlite3', path: join(folder, 'portal.sqlite') }, remove);
  },
};

function server(name: string, type: 'postgres' | 'mysql', variable: string): Kind {
  const url = process.env[variable];
  if (!url)
    return { name, reason: `${variable} is not set`, open: () => Promise.reject(new Error(variable)) };
  return { name, open: () => beside(type, url) };
}

/** A database of its own beside the named one. */
async function beside(type: 'postgres' | 'mysql', url: string): Promise<Scratch> {
  const name = `portal_${randomBytes(8).toString('hex')}`;
  const command = async (sql: string) => {
    const root = await new DataSource({ type, url }).initialize();
    await root.query(sql).finally(() => root.destroy());
  };
  await command(`CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return migrated({ type, url: own.href }, () => command(`DROP DATABASE ${name}`));
}

async function migrated(target: DatabaseTarget, remove: () => Promise<unknown>): Promise<Scratch> {
  const database = await portalDataSource({ database: target }, []).initialize();
  await migrate(database);
  return {
    database,
    async close() {
      await database.destroy();
      await remove();
    },
  };
}

/** A database for whatever is the same on all of them. */
export const scratchDatabase = sqlite.open;

const kinds = [
  sqlite,
  server('PostgreSQL', 'postgres', 'TEST_POSTGRES_URL'),
  server('MariaDB', 'mysql', 'TEST_MARIADB_URL'),
];

/** The same stories on every database there is; one that cannot be tried here is reported as not run. */
export function onEachDatabase(story: (open: Kind['open']) => void): void {
  for (const { name, reason, open } of kinds) {
    if (reason) describe.skip(`on ${name} (not run: ${reason})`, () => story(open));
    else describe(`on ${name}`, () => story(open));
  }
}
