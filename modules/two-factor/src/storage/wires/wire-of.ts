import type { DataSource } from 'typeorm';
import { MysqlWire } from './mysql-wire.js';
import { PostgresWire } from './postgres-wire.js';
import { turnsOf } from '../sqlite-turns.js';
import { SqliteWire } from './sqlite-wire.js';
import { RunnerWire, type Wire } from './wire.js';

const known = new WeakMap<DataSource, Wire>();

/** The way of hand-written statements to this database. */
export function wireOf(dataSource: DataSource): Wire {
  const found = known.get(dataSource);
  if (found) return found;
  const wire = wireTo(dataSource);
  known.set(dataSource, wire);
  return wire;
}

function wireTo(dataSource: DataSource): Wire {
  const { type } = dataSource.options;
  if (type === 'postgres') return new PostgresWire(dataSource);
  if (type === 'mysql' || type === 'mariadb') return new MysqlWire(dataSource);
  const turns = turnsOf(dataSource.driver);
  return turns ? new SqliteWire(dataSource, turns) : new RunnerWire(dataSource);
}
