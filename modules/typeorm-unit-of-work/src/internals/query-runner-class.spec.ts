import { jest } from '@jest/globals';
import { DataSource, type QueryRunner } from 'typeorm';
import { queueSqlite } from '../sqlite/queue-sqlite.js';
import { Statements } from '../statements/statements.js';
import { transaction } from '../transactions/transaction.js';

/** The driver of a later TypeORM: its query runners have no `startTransaction`. */
function changeLibrary(dataSource: DataSource): void {
  const { driver } = dataSource;
  const createQueryRunner = driver.createQueryRunner.bind(driver);
  const changed = (runner: QueryRunner): QueryRunner =>
    new Proxy(runner, {
      get(target, name) {
        const value = Reflect.get(target, name, target) as unknown;
        return name === 'startTransaction' && hidden ? undefined : value;
      },
    });
  let hidden = true;
  driver.createQueryRunner = (mode) => changed(createQueryRunner(mode));
  reveal = () => (hidden = false);
}
let reveal: () => void = () => undefined;

describe('a TypeORM with other query runners', () => {
  it('still works, without the queue, and the log has one warning', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue(undefined);
    const dataSource = new DataSource({ type: 'better-sqlite3', database: ':memory:' });
    changeLibrary(dataSource);
    queueSqlite(dataSource);
    queueSqlite(dataSource);
    reveal();
    await dataSource.initialize();
    await dataSource.query('CREATE TABLE notes (text varchar PRIMARY KEY)');
    await transaction(dataSource, (manager) =>
      new Statements(dataSource, manager).executeWithCommit('INSERT INTO notes VALUES (:text)', {
        text: 'kept',
      }),
    );
    expect(await dataSource.query('SELECT text FROM notes')).toEqual([{ text: 'kept' }]);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('not queued'), expect.anything());
    warn.mockRestore();
    await dataSource.destroy();
  });
});
