import { tmpdir } from 'node:os';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseTarget } from '../../../src/config/database-target.js';
import { portalDataSource } from '../../../src/database/connection/data-source.js';
import { isDatabaseUnavailable } from '../../../src/database/connection/database-errors.js';
import { longWork } from '../../../src/database/connection/waits.js';
import { emptyDatabase, forEachDatabaseServer } from '../../support/databases/databases.js';
import { stubModule } from '../../support/portal/stub-module.js';
import { portal } from '../../support/portal/portal.js';

/** Longer than a request may wait for a statement. */
const slow = { postgres: 'SELECT pg_sleep(3)', mariadb: 'SELECT SLEEP(3)' };

forEachDatabaseServer('what takes long on', (database) => {
  class SlowTable1799999999999 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(slow[database]);
    }
    down = (): Promise<void> => Promise.resolve();
  }

  it('a migration is waited for; a request is not, and its failure is a 503', async () => {
    const patient = { ...stubModule('patient'), migrations: [SlowTable1799999999999] };
    const site = await portal({ database, modules: [patient] });
    const [row] = await site.database.query<{ count: unknown }[]>(
      `SELECT COUNT(*) AS count FROM migrations WHERE name = 'SlowTable1799999999999'`,
    );
    expect(Number(row?.count)).toBe(1);
    const began = performance.now();
    const failure: unknown = await site.database.query(slow[database]).catch((error: unknown) => error);
    expect([isDatabaseUnavailable(failure), performance.now() - began < 2_900]).toEqual([true, true]);
    await site.close();
  });

  it('a statement of the command line is waited for', async () => {
    const { url, drop } = await emptyDatabase(database, tmpdir());
    const target = { database: databaseTarget(url) };
    const dataSource = await portalDataSource(target, [], longWork).initialize();
    expect(await dataSource.query(slow[database])).toHaveLength(1);
    await dataSource.destroy();
    await drop();
  });
});
