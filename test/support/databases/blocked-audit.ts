import type { DataSource } from 'typeorm';
import type { DatabaseKind } from './databases.js';

const block: Readonly<Record<DatabaseKind, readonly string[]>> = {
  sqlite: ["CREATE TRIGGER blocked BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'blocked'); END"],
  postgres: ['BEGIN', 'LOCK TABLE audit_entries IN ACCESS EXCLUSIVE MODE'],
  mariadb: ['LOCK TABLES audit_entries READ'],
};

const free: Readonly<Record<DatabaseKind, string>> = {
  sqlite: 'DROP TRIGGER blocked',
  postgres: 'ROLLBACK',
  mariadb: 'UNLOCK TABLES',
};

/** Nothing can be added to the audit until the answer is called: hand-overs hang, or are refused. */
export async function blockAudit(database: DataSource, kind: DatabaseKind): Promise<() => Promise<void>> {
  const connection = database.createQueryRunner();
  for (const statement of block[kind]) await connection.query(statement);
  return async () => {
    await connection.query(free[kind]);
    await connection.release();
  };
}
