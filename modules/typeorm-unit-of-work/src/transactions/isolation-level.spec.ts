import type { DataSource } from 'typeorm';
import { transaction } from '../transactions/transaction.js';
import { mariadb, onEach, postgres, type Scratch } from '../scratch-database.fixture.js';
import { sentBy } from '../sent-statements.fixture.js';

const level = 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED';

/** What the second unit on a connection sends: the first one looks at the connection. */
async function unitOn(dataSource: DataSource): Promise<string[]> {
  const unit = (): Promise<unknown> => transaction(dataSource, (manager) => manager.query('SELECT 1'));
  await unit();
  return sentBy(dataSource, unit);
}

onEach([postgres, mariadb], (database) => {
  describe('a unit', () => {
    let scratch: Scratch;
    beforeEach(async () => {
      scratch = await database.scratch();
    });
    afterEach(async () => scratch.drop());

    it('asks for READ COMMITTED where its connection begins otherwise, and sends no word of it elsewhere', async () => {
      const asked = database === mariadb ? [level] : [];
      expect(await unitOn(scratch.dataSource)).toEqual([...asked, 'START TRANSACTION', 'SELECT 1', 'COMMIT']);
    });

    it('asks for nothing on a connection that was told once', async () => {
      const { dataSource } = scratch;
      const session = database === mariadb ? 'SESSION' : 'SESSION CHARACTERISTICS AS';
      await dataSource.query(`SET ${session} TRANSACTION ISOLATION LEVEL READ COMMITTED`);
      expect(await unitOn(dataSource)).toEqual(['START TRANSACTION', 'SELECT 1', 'COMMIT']);
    });

    it('is READ COMMITTED also where the host chose another level for everything', async () => {
      const { dataSource } = scratch;
      dataSource.setOptions({ isolationLevel: 'SERIALIZABLE' });
      expect(await unitOn(dataSource)).toContain(level);
    });
  });
});
