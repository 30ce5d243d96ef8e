import { resolve } from 'node:path';
import { ConfigRefused } from './refused.js';

/** Where the data is. */
export type DatabaseTarget =
  | { readonly type: 'better-sqlite3'; readonly path: string }
  | { readonly type: 'postgres' | 'mysql'; readonly url: string };

const sentence =
  'DATABASE_URL must be postgres://user:password@host/name, mysql://user:password@host/name or sqlite:PATH.';

/** @throws ConfigRefused when the address is of no database the portal knows. */
export function databaseTarget(text: string): DatabaseTarget {
  if (text.startsWith('sqlite:')) return { type: 'better-sqlite3', path: sqlitePath(text.slice(7)) };
  const url = /^[a-z]+:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (!url || url.pathname.length < 2) throw new ConfigRefused(sentence);
  if (/^postgres(ql)?:$/.test(url.protocol)) return { type: 'postgres', url: text };
  // The driver is one and the same for MariaDB and MySQL, and knows only this spelling.
  if (/^(mysql|mariadb):$/.test(url.protocol))
    return { type: 'mysql', url: text.replace(/^(mysql|mariadb):/i, 'mysql:') };
  throw new ConfigRefused(sentence);
}

function sqlitePath(path: string): string {
  const plain = path.replace(/^\/\//, '');
  // A database in memory would be another one for each process, the command line among them.
  if (!plain || plain === ':memory:') throw new ConfigRefused(sentence);
  return resolve(plain);
}
