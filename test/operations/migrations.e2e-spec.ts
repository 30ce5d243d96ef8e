import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrate } from '../../src/database/migrate.js';
import { type DatabaseKind, forEachDatabase } from '../support/databases/databases.js';
import { type Scratch, scratchDatabase } from '../support/databases/scratch-database.js';

/**
 * The differences between entities and tables, as statements. MariaDB is asked in its own dialect: TypeORM's `mysql`,
 * which the portal speaks with both, takes the default NULL that MariaDB names for a text.
 */
async function drift({ options }: DataSource, kind: DatabaseKind): Promise<string[]> {
  const own = kind === 'mariadb' ? { type: 'mariadb' } : {};
  const database = await new DataSource({ ...options, ...own } as DataSourceOptions).initialize();
  try {
    const { upQueries } = await database.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query).filter((query) => !longTexts.test(query));
  } finally {
    await database.destroy();
  }
}

/** MariaDB's `text` holds 64 kB. Migrations make these `mediumtext`, which an entity cannot say for one database alone. */
const longTexts = /^ALTER TABLE `(form_answers|kept_forms)` (ADD|DROP COLUMN) `sealed`/;

async function tables(database: DataSource): Promise<string[]> {
  const runner = database.createQueryRunner();
  try {
    const there = await runner.getTables(database.entityMetadatas.map(({ tableName }) => tableName));
    return there.map(({ name }) => name);
  } finally {
    await runner.release();
  }
}

forEachDatabase('the portal’s migrations on', (kind) => {
  let scratch: Scratch;
  beforeEach(async () => (scratch = await scratchDatabase(kind)));
  afterEach(() => scratch.close());

  it('make exactly the tables that the entities describe', async () => {
    expect(await drift(scratch.database, kind)).toEqual([]);
  });

  it('leave nothing behind when they are undone, and can be done again', async () => {
    const { database } = scratch;
    expect(await tables(database)).toHaveLength(database.entityMetadatas.length);
    for (const _ of database.migrations) await database.undoLastMigration();
    expect(await tables(database)).toEqual([]);
    await database.runMigrations();
    expect(await tables(database)).toHaveLength(database.entityMetadatas.length);
  });

  it('do not start on tables of an earlier checkout, and say what to do', async () => {
    const { database } = scratch;
    await expect(migrate(database)).resolves.toEqual([]);
    await database.query('ALTER TABLE sessions RENAME COLUMN pending_login_id TO held_login_id');
    await expect(migrate(database)).rejects.toThrow(
      'The database was made by another version of the portal: its table sessions has no column ' +
        'pending_login_id. Use a new database; for the demo, delete the folder data and start again.',
    );
  });
});
