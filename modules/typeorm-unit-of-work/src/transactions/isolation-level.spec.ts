import type { DataSource } from 'typeorm';
import { transaction } from '../transactions/transaction.js';
import { mariadb, onEach, postgres, type Scratch } from '../scratch-database.fixture.js';
import { sentBy } from '../sent-statements.fixture.js';

const level = 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED';

/** The statements of the second transaction on a connection. The first one also reads the level of the connection. */
async function unitOn(dataSource: DataSource): Promise<string[]> {
  const unit = (): Promise<unknown> => transaction(dataSource, (manager) => manager.query('SELECT 1'));
  await unit();
  return sentBy(dataSource, unit);
}

onEach([postgres, mariadb], (database) => {
  describe('a transaction', () => {
    let scratch: Scratch;
    beforeEach(async () => {
      scratch = await database.scratch();
    });
    afterEach(async () => scratch.drop());

    it('sets READ COMMITTED where its connection begins otherwise, and sends no statement for it elsewhere', async () => {
      const asked = database === mariadb ? [level] : [];
      expect(await unitOn(scratch.dataSource)).toEqual([...asked, 'START TRANSACTION', 'SELECT 1', 'COMMIT']);
    });

    it('sets no level on a connection that was configured before', async () => {
      const { dataSource } = scratch;
      const session = database === mariadb ? 'SESSION' : 'SESSION CHARACTERISTICS AS';
      await dataSource.query(`SET ${session} TRANSACTION ISOLATION LEVEL READ COMMITTED`);
      expect(await unitOn(dataSource)).toEqual(['START TRANSACTION', 'SELECT 1', 'COMMIT']);
    });

    it('is READ COMMITTED even if the host chose another level for all transactions', async () => {
      const { dataSource } = scratch;
      dataSource.setOptions({ isolationLevel: 'SERIALIZABLE' });
      expect(await unitOn(dataSource)).toContain(level);
    });
  });
});
