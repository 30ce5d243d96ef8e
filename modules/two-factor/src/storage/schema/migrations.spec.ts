import type { DataSource } from 'typeorm';
import { twoFactorMigrations } from './migrations.js';
import { mariadb, onEach, postgres, sqlite, type Scratch } from '../scratch.fixture.js';

/** The statements with which TypeORM would adapt the tables to the entities. */
async function drift(dataSource: DataSource): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

async function ourTables(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  const names = dataSource.entityMetadatas.map(({ tableName }) => tableName);
  const there = await Promise.all(names.map((name) => runner.hasTable(name)));
  await runner.release();
  return names.filter((_, i) => there[i]);
}

async function undoAll(dataSource: DataSource): Promise<void> {
  for (let left = twoFactorMigrations.length; left > 0; left -= 1) await dataSource.undoLastMigration();
}

onEach([sqlite, postgres, mariadb], (database) => {
  describe('the migrations', () => {
    let scratch: Scratch;

    beforeEach(async () => (scratch = await database.scratch()));
    afterEach(async () => scratch.drop());

    it('create the tables that the entities describe, and drop them again', async () => {
      const { dataSource } = scratch;
      expect(await drift(dataSource)).not.toEqual([]);
      await dataSource.runMigrations();
      expect(await drift(dataSource)).toEqual([]);
      expect(await ourTables(dataSource)).toHaveLength(12);
      await undoAll(dataSource);
      expect(await ourTables(dataSource)).toEqual([]);
      await dataSource.runMigrations();
      expect(await drift(dataSource)).toEqual([]);
    });

    it('change nothing the second time, on another connection', async () => {
      expect(await scratch.dataSource.runMigrations()).toHaveLength(twoFactorMigrations.length);
      expect(await (await scratch.another()).runMigrations()).toEqual([]);
    });

    it('continue after a run that was killed between a table and its entry', async () => {
      const { dataSource } = scratch;
      await dataSource.runMigrations();
      const noted = await dataSource.query<object[]>('SELECT * FROM migrations');
      await dataSource.query("DELETE FROM migrations WHERE name NOT LIKE '%Accounts%'");
      expect(await dataSource.runMigrations()).toHaveLength(noted.length - 1);
      expect(await drift(dataSource)).toEqual([]);
      expect(await dataSource.query('SELECT * FROM migrations')).toHaveLength(noted.length);
    });
  });
});

onEach([mariadb], (database) => {
  it('use one collation that distinguishes all characters, whatever the default of the database is', async () => {
    const { dataSource, drop } = await database.scratch();
    try {
      await dataSource.query('ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_swedish_ci');
      await dataSource.runMigrations();
      const collations = await dataSource.query<object[]>(
        `SELECT DISTINCT collation_name AS name FROM information_schema.columns
         WHERE table_schema = DATABASE() AND table_name LIKE 'two_factor_%' AND collation_name IS NOT NULL`,
      );
      expect(collations).toEqual([{ name: 'utf8mb4_nopad_bin' }]);
      expect(await drift(dataSource)).toEqual([]);
    } finally {
      await drop();
    }
  });
});
