import { existsSync, readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { transaction } from '../transactions/transaction.js';
import { mariadb, onEach, pipelined, postgres, sqlite, type Scratch } from '../scratch-database.fixture.js';
import { Statements } from '../statements/statements.js';
import { applyTimeouts } from './apply-timeouts.js';
import type { DatabaseTimeouts } from './database-timeouts.js';

const pool = 3;
const slow = { postgres: 'SELECT pg_sleep(3)', mariadb: 'SELECT SLEEP(3)' };

/** In the first case the server ends a slow statement, in the second the client, as when the server is silent. */
const byServer: Partial<DatabaseTimeouts> = { connection: 300, statement: 200, answer: 10_000 };
const byClient: Partial<DatabaseTimeouts> = { connection: 300, statement: 60_000, answer: 300 };

/** Linux lists the TCP connections of a machine here, with their timers. */
const tables = ['/proc/net/tcp', '/proc/net/tcp6'].filter((path) => existsSync(path));
const itOnLinux = tables.length > 0 ? it : it.skip;

/** The timers of connections to this port from here: `02` is the one that probes an idle connection. */
function timersOf(port: number): string[] {
  const lines = tables.flatMap((path) => readFileSync(path, 'latin1').trim().split('\n').slice(1));
  const fields = lines.map((line) => line.trim().split(/\s+/));
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return fields
    .filter(([, local]) => local?.endsWith(`:${hex}`))
    .map(([, , , , , timer = '']) => timer.slice(0, 2));
}

async function took(work: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work.catch(() => undefined);
  return performance.now() - began;
}

onEach([postgres, pipelined, mariadb], (database) => {
  describe('limited waits', () => {
    let scratch: Scratch;
    beforeAll(async () => {
      scratch = await database.scratch();
    });
    afterAll(() => scratch.drop());

    const kind = database === mariadb ? 'mariadb' : 'postgres';
    let opened: DataSource | undefined;
    afterEach(async () => {
      await opened?.destroy();
      opened = undefined;
    });
    const limited = async (limits: Partial<DatabaseTimeouts>): Promise<DataSource> => {
      opened = await scratch.another((dataSource) => {
        dataSource.setOptions({ poolSize: pool });
        applyTimeouts(dataSource, limits);
      });
      return opened;
    };
    const connectionOf = async (dataSource: DataSource): Promise<unknown> => {
      const sql = kind === 'mariadb' ? 'SELECT CONNECTION_ID() AS id' : 'SELECT pg_backend_pid() AS id';
      const [row] = await dataSource.query<{ id: unknown }[]>(sql);
      return row?.id;
    };
    /** The port at which the database server sees a connection of this pool. */
    const portOf = async (dataSource: DataSource): Promise<number> => {
      const sql =
        kind === 'mariadb'
          ? `SELECT SUBSTRING_INDEX(host, ':', -1) AS port FROM information_schema.processlist WHERE id = CONNECTION_ID()`
          : 'SELECT inet_client_port() AS port';
      const [row] = await dataSource.query<{ port: unknown }[]>(sql);
      return Number(row?.port);
    };
    const everyPlace = (dataSource: DataSource): Promise<unknown> =>
      Promise.all(
        Array.from({ length: pool }, () => transaction(dataSource, (unit) => unit.query('SELECT 1'))),
      );

    it.each(['a unit', 'entities', 'statements'])(
      'a slow statement of %s is ended by the server, and its connection stays',
      async (what) => {
        const dataSource = await limited(byServer);
        const before = await connectionOf(dataSource);
        await expect(asked(dataSource, what, slow[kind])).rejects.toThrow(
          /statement timeout|max_statement_time/,
        );
        expect(await connectionOf(dataSource)).toBe(before);
      },
    );

    it.each(['a unit', 'entities', 'statements'])(
      'a missing answer of %s costs its connection, once, and no place in the pool',
      async (what) => {
        const dataSource = await limited(byClient);
        const all = Promise.all(
          Array.from({ length: pool }, () => took(asked(dataSource, what, slow[kind]))),
        );
        // The rollback has no limit of its own.
        expect(Math.max(...(await all))).toBeLessThan(2 * 300 + 300);
        await everyPlace(dataSource);
      },
    );

    itOnLinux('an idle connection is probed, so that a dead one is noticed', async () => {
      const port = await portOf(await limited({}));
      expect(port).toBeGreaterThan(0);
      expect(timersOf(port)).toEqual(['02']);
    });

    it('a caller waits for a connection no longer than that, and a late connection is not lost', async () => {
      const dataSource = await limited({ connection: 300 });
      const runners = Array.from({ length: pool }, () => dataSource.createQueryRunner());
      for (const runner of runners) await runner.connect();
      const statements = new Statements(dataSource);
      for (const work of [
        () => dataSource.query('SELECT 1'),
        () => statements.query('SELECT 1 AS one', {}),
        () => transaction(dataSource, (unit) => unit.query('SELECT 1')),
      ]) {
        const waiting = work();
        expect(await took(waiting)).toBeLessThan(1_000);
        await expect(waiting).rejects.toThrow(/No connection|timeout exceeded/);
      }
      for (const runner of runners) await runner.release();
      await everyPlace(dataSource);
    });

    it('an abandoned transaction is rolled back by the server, so that its locks do not outlive its client', async () => {
      const dataSource = await limited({ transaction: 1_000, statement: 5_000, answer: 6_000 });
      await dataSource.query('CREATE TABLE left_open (id int PRIMARY KEY)');
      await dataSource.query('INSERT INTO left_open VALUES (1)');
      const runner = dataSource.createQueryRunner();
      await runner.startTransaction();
      await runner.query('UPDATE left_open SET id = 2');
      await dataSource.query(kind === 'mariadb' ? 'SELECT SLEEP(2)' : 'SELECT pg_sleep(2)');
      await transaction(dataSource, (unit) => unit.query('UPDATE left_open SET id = 3 WHERE id = 1'));
      expect(await dataSource.query('SELECT id FROM left_open')).toEqual([{ id: 3 }]);
      await runner.rollbackTransaction().catch(() => undefined);
      await runner.release();
      await everyPlace(dataSource);
    });

    it('a transaction behind another one’s lock ends, and is repeated for no longer than people wait', async () => {
      const dataSource = await limited({ lock: 1_000, statement: 5_000, answer: 6_000 });
      await dataSource.query('CREATE TABLE held (id int PRIMARY KEY)');
      await dataSource.query('INSERT INTO held VALUES (1)');
      const runner = dataSource.createQueryRunner();
      await runner.startTransaction();
      await runner.query('UPDATE held SET id = 1');
      const waiting = transaction(dataSource, (unit) => unit.query('UPDATE held SET id = 1'));
      const waited = await took(waiting);
      await expect(waiting).rejects.toThrow(/lock/i);
      expect([waited > 900, waited < 4_000]).toEqual([true, true]);
      await runner.rollbackTransaction();
      await runner.release();
      await transaction(dataSource, (unit) => unit.query('UPDATE held SET id = 1'));
    });
  });
});

onEach([sqlite], (database) => {
  it('limited waits change nothing on SQLite', async () => {
    const { dataSource, drop } = await database.scratch();
    const before = { ...dataSource.options };
    applyTimeouts(dataSource);
    expect(dataSource.options).toEqual(before);
    await drop();
  });
});

function asked(dataSource: DataSource, what: string, sql: string): Promise<unknown> {
  if (what === 'a unit')
    return transaction(dataSource, (unit) => new Statements(dataSource, unit).query(sql, {}));
  if (what === 'entities') return dataSource.transaction((unit) => unit.query(sql));
  return new Statements(dataSource).query(sql, {});
}
