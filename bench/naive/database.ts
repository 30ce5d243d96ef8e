import { DataSource, type DataSourceOptions } from 'typeorm';
import { Session } from './session.entity.js';
import { User } from './user.entity.js';

/** The database of `DATABASE_URL`, with the tables of the entities. */
export function naiveDatabase(url = process.env['DATABASE_URL'] ?? ''): DataSource {
  return new DataSource({ ...driver(url), entities: [Session, User], synchronize: true });
}

function driver(url: string): DataSourceOptions {
  if (url.startsWith('sqlite:')) return { type: 'better-sqlite3', database: url.slice(7), enableWAL: true };
  return { type: url.startsWith('postgres') ? 'postgres' : 'mysql', url };
}
