import { AccountRow } from '../../accounts/account.entity.js';
import { portalDataSource } from './data-source.js';

describe('the portal’s DataSource', () => {
  const database = portalDataSource({ database: { type: 'better-sqlite3', path: ':memory:' } }, []);
  beforeAll(async () => {
    await database.initialize();
    await database.runMigrations();
  });
  afterAll(() => database.destroy());

  const missing = [undefined, null] as unknown as string[];

  it.each(missing)('refuses a condition that is %s, instead of finding the first row', async (id) => {
    await expect(database.manager.findOne(AccountRow, { where: { id } })).rejects.toThrow();
    await expect(database.manager.findOneBy(AccountRow, { id })).rejects.toThrow();
    await expect(database.manager.update(AccountRow, { id }, { name: 'everybody' })).rejects.toThrow();
    await expect(database.manager.delete(AccountRow, { id })).rejects.toThrow();
  });

  it('changes no schema by itself', () => {
    expect(database.options.synchronize).toBe(false);
  });
});
