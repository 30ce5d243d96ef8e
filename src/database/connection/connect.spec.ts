import { tmpdir } from 'node:os';
import type { EntityManager } from 'typeorm';
import { emptyDatabase, forEachDatabase } from '../../../test/support/databases/databases.js';
import { databaseTarget } from '../../config/database-target.js';
import { connect } from './connect.js';
import { transaction } from 'typeorm-unit-of-work';

/** The queries for a connection's default isolation level. */
const questions = {
  sqlite: `SELECT 'read committed' AS level`,
  postgres: `SELECT current_setting('default_transaction_isolation') AS level`,
  mariadb: 'SELECT @@session.tx_isolation AS level',
};

forEachDatabase('connected to', (kind) => {
  it('every connection begins at READ COMMITTED, so that no transaction need set it', async () => {
    const { url, drop } = await emptyDatabase(kind, tmpdir());
    const database = await connect({ database: databaseTarget(url) }, []);
    const level = async (unit: EntityManager): Promise<string> => {
      const [row] = await unit.query<{ level: string }[]>(questions[kind]);
      return (row?.level ?? '').toLowerCase().replace('-', ' ');
    };
    // As many transactions at once as there are connections.
    const levels = await Promise.all(Array.from({ length: 10 }, () => transaction(database, level)));
    expect(new Set(levels)).toEqual(new Set(['read committed']));
    await database.destroy();
    await drop();
  });
});
