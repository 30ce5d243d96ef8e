import { QueryFailedError, type DataSource } from 'typeorm';
import { transaction } from '../transactions/transaction.js';
import { mariadb, onEach, pipelined, postgres, sqlite, type Scratch } from '../scratch-database.fixture.js';

const failure = (code: string): Error =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error(code), { code }));

async function add(on: Pick<DataSource, 'query'>, subject: string): Promise<void> {
  await on.query(`INSERT INTO counters VALUES ('${subject}', 0)`);
}

const bump = (on: Pick<DataSource, 'query'>, subject: string): Promise<unknown> =>
  on.query(`UPDATE counters SET hits = hits + 1 WHERE subject = '${subject}'`);

async function hits(on: Pick<DataSource, 'query'>, subject: string): Promise<number | undefined> {
  const [row] = await on.query<{ hits: number }[]>(`SELECT hits FROM counters WHERE subject = '${subject}'`);
  return row?.hits;
}

onEach([sqlite, postgres, pipelined, mariadb], (database) => {
  describe('a transaction', () => {
    let scratch: Scratch;

    beforeAll(async () => {
      scratch = await database.scratch();
      await scratch.dataSource.runMigrations();
    });
    afterAll(async () => scratch.drop());

    it.each(['40001', '40P01', '55P03', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'SQLITE_BUSY'])(
      'is repeated as a whole after %s, and the first attempt leaves no change',
      async (code) => {
        let runs = 0;
        const answer = await transaction(scratch.dataSource, async (unit) => {
          await add(unit, `again ${code}`);
          runs += 1;
          if (runs < 4) throw failure(code);
          return runs;
        });
        expect(answer).toBe(4);
        expect(await hits(scratch.dataSource, `again ${code}`)).toBe(0);
      },
    );

    it('fails after three attempts, with the last error', async () => {
      let runs = 0;
      const failing = transaction(scratch.dataSource, async (unit) => {
        await add(unit, 'given up');
        runs += 1;
        throw failure('40001');
      });
      await expect(failing).rejects.toThrow('40001');
      expect(runs).toBe(4);
      expect(await hits(scratch.dataSource, 'given up')).toBeUndefined();
    });

    it.each([failure('23505'), new Error('SQLITE_BUSY'), new TypeError('ours')])(
      'is not repeated after an error that would only occur again: %s',
      async (reason) => {
        let runs = 0;
        const failing = transaction(scratch.dataSource, async () => {
          runs += 1;
          throw reason;
        });
        await expect(failing).rejects.toBe(reason);
        expect(runs).toBe(1);
      },
    );

    it('survives a real deadlock of two that lock the same rows in opposite order', async () => {
      const { dataSource } = scratch;
      for (const subject of ['a', 'b']) await add(dataSource, subject);
      let arrived = 0;
      let bothArrived: () => void = () => undefined;
      const both = new Promise<void>((resolve) => (bothArrived = resolve));
      // On SQLite the second transaction waits for the first, so the first must not wait for it.
      const meet = async (): Promise<void> => {
        arrived += 1;
        if (arrived === 2 || database === sqlite) bothArrived();
        await both;
      };
      const crossing = (first: string, second: string): Promise<void> =>
        transaction(dataSource, async (unit) => {
          await bump(unit, first);
          await meet();
          await bump(unit, second);
        });
      await Promise.all([crossing('a', 'b'), crossing('b', 'a')]);
      expect([await hits(dataSource, 'a'), await hits(dataSource, 'b')]).toEqual([2, 2]);
    });
  });
});

onEach([postgres, pipelined, mariadb], (database) => {
  it('sees commits of others during its run: READ COMMITTED, whatever the server begins with', async () => {
    const { dataSource, drop } = await database.scratch();
    try {
      await dataSource.runMigrations();
      await add(dataSource, 'seen');
      await transaction(dataSource, async (unit) => {
        expect(await hits(unit, 'seen')).toBe(0);
        await bump(dataSource, 'seen');
        expect(await hits(unit, 'seen')).toBe(1);
      });
    } finally {
      await drop();
    }
  });
});
