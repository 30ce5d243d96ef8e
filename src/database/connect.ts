import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DataSource } from 'typeorm';
import { errorMessage } from '../error-facts.js';
import type { Config } from '../config.js';
import type { PortalModule } from '../portal/portal-module.js';
import { portalDataSource } from './data-source.js';

/** The portal cannot start on this database; the message is one sentence for the operator, without the password. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
}

/** @throws DatabaseRefused when the database cannot be reached. */
export async function connect(config: Config, modules: readonly PortalModule[]): Promise<DataSource> {
  const dataSource = portalDataSource(config, modules);
  try {
    if (config.database.type === 'better-sqlite3')
      await mkdir(dirname(config.database.path), { recursive: true, mode: 0o700 });
    return await dataSource.initialize();
  } catch (cause) {
    throw new DatabaseRefused(`The database ${place(config)} cannot be reached: ${reason(cause)}.`, {
      cause,
    });
  }
}

function place({ database }: Config): string {
  if (database.type === 'better-sqlite3') return `file ${database.path}`;
  const { host, pathname } = new URL(database.url);
  return `${pathname.slice(1)} on ${host}`;
}

/** Drivers wrap several failed addresses of one name into an error without a message of its own. */
function reason(error: unknown): string {
  const { errors } = (error ?? {}) as { errors?: unknown };
  if (Array.isArray(errors) && errors.length > 0) return reason(errors[0]);
  const [line = ''] = errorMessage(error).split('\n');
  return line.replace(/\.$/, '');
}
