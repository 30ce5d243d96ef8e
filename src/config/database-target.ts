import { resolve } from 'node:path';
import { ConfigError } from './config-error.js';

/** The location of the data. */
export type DatabaseTarget =
  | { readonly type: 'better-sqlite3'; readonly path: string }
  | { readonly type: 'postgres' | 'mysql'; readonly url: string };

const sentence =
  'DATABASE_URL must be postgres://user:password@host/name, mysql://user:password@host/name or sqlite:PATH.';

/** @throws ConfigError when the URL names an unsupported database. */
export function databaseTarget(text: string): DatabaseTarget {
  if (text.startsWith('sqlite:')) return { type: 'better-sqlite3', path: sqlitePath(text.slice(7)) };
  const url = /^[a-z]+:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (!url || url.pathname.length < 2) throw new ConfigError(sentence);
  if (/^postgres(ql)?:$/.test(url.protocol)) return { type: 'postgres', url: text };
  // MariaDB and MySQL use the same driver, which knows only this spelling.
  if (/^(mysql|mariadb):$/.test(url.protocol))
    return { type: 'mysql', url: text.replace(/^(mysql|mariadb):/i, 'mysql:') };
  throw new ConfigError(sentence);
}

function sqlitePath(path: string): string {
  const plain = path.replace(/^\/\//, '');
  // Each process would have its own in-memory database, the command line included.
  if (!plain || plain === ':memory:') throw new ConfigError(sentence);
  return resolve(plain);
}
