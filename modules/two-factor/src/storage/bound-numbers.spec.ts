import { Column, DataSource, Entity, LessThanOrEqual, PrimaryColumn } from 'typeorm';
import { queueSqlite } from './queue-sqlite.js';

@Entity('moments')
class Moment {
  @PrimaryColumn('varchar')
  id: string;

  @Column('bigint')
  at: number;
}

const texts: string[] = [];
let dataSource: DataSource;

beforeAll(async () => {
  dataSource = new DataSource({ type: 'better-sqlite3', database: ':memory:', entities: [Moment] });
  queueSqlite(dataSource);
  await dataSource.initialize();
  await dataSource.query('CREATE TABLE moments (id varchar PRIMARY KEY, at bigint)');
  dataSource.setOptions({ logging: true });
  Object.assign(dataSource, { logger: { logQuery: (text: string) => texts.push(text) } });
});
afterAll(() => dataSource.destroy());
beforeEach(() => texts.splice(0));

describe('numbers of statements on SQLite', () => {
  it('never make a new statement of one that differs in nothing else', async () => {
    for (const at of [1_795_564_800_001, 1_795_564_800_002]) {
      await dataSource.manager.insert(Moment, { id: `moment ${at}`, at });
      await dataSource.manager.update(Moment, { at: LessThanOrEqual(at) }, { at: at + 1 });
    }
    expect(new Set(texts).size).toBe(2);
  });

  it('are kept and compared as whole numbers', async () => {
    await dataSource.manager.insert(Moment, { id: 'large', at: 1_795_564_900_000 });
    const [row] = await dataSource.query<object[]>(
      "SELECT at, typeof(at) AS kind FROM moments WHERE id = 'large'",
    );
    expect(row).toEqual({ at: 1_795_564_900_000, kind: 'integer' });
    const query = dataSource.manager
      .createQueryBuilder(Moment, 'm')
      .where('m.at = :at', { at: 1_795_564_900_000 });
    expect(await query.limit(1).getCount()).toBe(1);
  });
});
