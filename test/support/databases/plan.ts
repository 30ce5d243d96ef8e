import type { DataSource } from 'typeorm';
import type { DatabaseKind } from './databases.js';
import { StatementLog } from './statements.js';

const explain: Readonly<Record<DatabaseKind, string>> = {
  sqlite: 'EXPLAIN QUERY PLAN',
  postgres: 'EXPLAIN',
  mariadb: 'EXPLAIN',
};

const analyze: Readonly<Record<DatabaseKind, string>> = {
  sqlite: 'ANALYZE',
  postgres: 'ANALYZE',
  mariadb: 'ANALYZE TABLE',
};

/** Lets the database count the rows of these tables, since it plans by their number. */
export async function counted(database: DataSource, kind: DatabaseKind, ...tables: string[]): Promise<void> {
  for (const table of tables) await database.query(`${analyze[kind]} ${table}`);
}

/** How the database would do what `ask` asks of it by one statement, in its own words: a line for each step. */
export async function planOf(
  database: DataSource,
  kind: DatabaseKind,
  ask: () => Promise<unknown>,
): Promise<string[]> {
  const log = StatementLog.on(database);
  await ask();
  const [only, ...more] = log.sent;
  if (!only || more.length > 0) throw new Error(`Not one statement: ${log.statements.join('; ')}`);
  const steps: unknown = await database.query(`${explain[kind]} ${only.query}`, [...only.parameters]);
  return (steps as Record<string, unknown>[]).map((step) => Object.values(step).join(' '));
}
