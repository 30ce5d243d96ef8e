import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { twoFactorEntities, twoFactorMigrations } from 'nestjs-two-factor';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { safeDataSourceOptions } from 'typeorm-unit-of-work';
import { DocPage } from '../docs/support/doc-page.js';
import { type DatabaseKind, emptyDatabase, forEachDatabase } from '../support/databases/databases.js';
import { Members1700000000000 } from './host/1700000000000-members.js';
import { User } from './host/user.entity.js';

/** The statements that the README gives operators for the final removal of two-factor. */
const statements = new DocPage('modules/two-factor/README.md').code('sql', 'For good').trim().split(/;\n?/);

forEachDatabase('the README’s statements for a removal for good, on', (kind) => {
  let folder: string;
  let drop: () => Promise<void>;
  let host: DataSource;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tables-'));
    const empty = await emptyDatabase(kind, folder);
    drop = empty.drop;
    host = await new DataSource({
      ...placeOf(kind, empty.url),
      ...safeDataSourceOptions,
      entities: [User, ...twoFactorEntities],
      migrations: [Members1700000000000, ...twoFactorMigrations],
    }).initialize();
  });
  afterAll(async () => {
    await host.destroy();
    await drop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Which of its tables are there, and the host's own. */
  const tables = async (): Promise<string[]> => {
    const runner = host.createQueryRunner();
    const there: string[] = [];
    for (const { tableName } of host.entityMetadatas)
      if (await runner.hasTable(tableName)) there.push(tableName);
    await runner.release();
    return there.sort();
  };

  it('remove it completely, and let a later installation create its tables again', async () => {
    await host.runMigrations();
    const installed = await tables();
    expect(installed).toHaveLength(twoFactorEntities.length + 1);
    for (const statement of statements.filter((each) => each !== '')) await host.query(statement);
    expect(await tables()).toEqual(['members']);
    expect(await host.query('SELECT name FROM migrations')).toEqual([{ name: 'Members1700000000000' }]);
    await host.runMigrations();
    expect(await tables()).toEqual(installed);
  });
});

function placeOf(kind: DatabaseKind, url: string): DataSourceOptions {
  if (kind === 'sqlite') return { type: 'better-sqlite3', database: url.replace('sqlite:', '') };
  return { type: kind === 'postgres' ? 'postgres' : 'mysql', url };
}
