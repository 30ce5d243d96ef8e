import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource, type EntityManager } from 'typeorm';
import { queueSqlite } from './queue-sqlite.js';
import { transaction } from '../transactions/transaction.js';
import { Statements } from '../statements/statements.js';

const opened: { dataSource: DataSource; folder: string }[] = [];

interface Opening {
  readonly queued: boolean;
  readonly timeout?: number;
  readonly folder?: string;
  readonly busyTimeout?: number;
}

async function open(options: Opening): Promise<DataSource> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'queue-')));
  const { timeout, busyTimeout } = options;
  const dataSource = new DataSource({ type: 'better-sqlite3', database: join(folder, 'q.sqlite'), timeout });
  if (options.queued) queueSqlite(dataSource, busyTimeout === undefined ? {} : { busyTimeout });
  await dataSource.initialize();
  await dataSource.query('CREATE TABLE IF NOT EXISTS notes (text varchar PRIMARY KEY)');
  opened.push({ dataSource, folder });
  return dataSource;
}

afterEach(async () => {
  for (const { dataSource, folder } of opened.splice(0)) {
    if (dataSource.isInitialized) await dataSource.destroy();
    await rm(folder, { recursive: true, force: true });
  }
});

const note = (on: DataSource | EntityManager, text: string): Promise<unknown> =>
  on.query('INSERT INTO notes VALUES (?)', [text]);

async function notes(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ text: string }[]>('SELECT text FROM notes ORDER BY text');
  return rows.map(({ text }) => text);
}

/** A latch that the test opens, so that the order of events does not depend on chance. */
function latch(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/**
 * Runs two transactions, one of them rolled back, and a counter beside them, all started while the first one is open.
 */
async function interleave(dataSource: DataSource): Promise<void> {
  const begun = latch();
  const goOn = latch();
  const lost = transaction(dataSource, async (unit) => {
    await note(unit, 'lost');
    begun.open();
    await goOn.opened;
    throw new Error('rolled back');
  });
  await begun.opened;
  const kept = transaction(dataSource, (unit) => note(unit, 'kept'));
  const counter = note(dataSource, 'counted');
  setImmediate(goOn.open);
  await Promise.allSettled([lost, kept, counter]);
}

describe('the queue of SQLite', () => {
  it('keeps a transaction and a counter beside a transaction that was rolled back', async () => {
    const dataSource = await open({ queued: true });
    await interleave(dataSource);
    expect(await notes(dataSource)).toEqual(['counted', 'kept']);
  });

  it('is necessary: without it the same order of statements loses them', async () => {
    const dataSource = await open({ queued: false });
    await interleave(dataSource);
    expect(await notes(dataSource)).not.toEqual(['counted', 'kept']);
  });

  it('runs 50 transactions completely, in the order of their arrival', async () => {
    const dataSource = await open({ queued: true });
    const order: number[] = [];
    const units = Array.from({ length: 50 }, (_, i) =>
      transaction(dataSource, async (unit) => {
        await note(unit, `a${i}`);
        await note(unit, `b${i}`);
        order.push(i);
      }),
    );
    await Promise.all(units);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(await notes(dataSource)).toHaveLength(100);
  });

  it.each(['a statement', 'a unit'])(
    'does not wait forever for %s on the DataSource inside a transaction',
    async (what) => {
      const dataSource = await open({ queued: true });
      const inside = (): Promise<unknown> =>
        what === 'a unit' ? transaction(dataSource, () => Promise.resolve()) : note(dataSource, 'inside');
      await expect(
        transaction(dataSource, async (unit) => {
          await note(unit, 'lost');
          await inside();
        }),
      ).rejects.toThrow('inside a transaction');
      await note(dataSource, 'afterwards');
      expect(await notes(dataSource)).toEqual(['afterwards']);
    },
  );

  it('distinguishes work started beside a transaction from work inside it', async () => {
    const dataSource = await open({ queued: true });
    await Promise.all([
      dataSource.transaction((unit) => note(unit, 'unit')),
      note(dataSource, 'beside'),
      dataSource.transaction((unit) => note(unit, 'second')),
    ]);
    expect(await notes(dataSource)).toEqual(['beside', 'second', 'unit']);
  });

  it('lets work that a transaction left running continue after its end', async () => {
    const dataSource = await open({ queued: true });
    const ended = latch();
    const late = await transaction(dataSource, async (unit) => {
      await note(unit, 'unit');
      return { done: ended.opened.then(() => note(dataSource, 'late')) };
    });
    ended.open();
    await late.done;
    expect(await notes(dataSource)).toEqual(['late', 'unit']);
  });

  it('nests a transaction inside the same transaction as a savepoint', async () => {
    const dataSource = await open({ queued: true });
    await transaction(dataSource, async (unit) => {
      await note(unit, 'outer');
      await unit
        .transaction(async (inner) => {
          await note(inner, 'inner');
          throw new Error('only the inner');
        })
        .catch(() => undefined);
    });
    expect(await notes(dataSource)).toEqual(['outer']);
  });

  it('releases the mutex when a runner is released in the middle of a transaction', async () => {
    const dataSource = await open({ queued: true });
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await note(runner.manager, 'forgotten');
    await runner.release();
    await note(dataSource, 'next');
    expect(await notes(dataSource)).toEqual(['next']);
  });

  it('takes the write lock at the begin, so that a transaction that reads first is never refused later', async () => {
    const one = await open({ queued: true });
    const { folder } = opened[0] ?? { folder: '' };
    const other = await open({ queued: true, folder, busyTimeout: 0 });
    await one.transaction(async (unit) => {
      await unit.query('SELECT * FROM notes');
      await expect(note(other, 'meanwhile')).rejects.toThrow(/locked/);
      await note(unit, 'read and written');
    });
    expect(await notes(one)).toEqual(['read and written']);
  });

  it('takes the lock for each isolation level too, and refuses a level that SQLite does not have', async () => {
    const one = await open({ queued: true });
    const { folder } = opened[0] ?? { folder: '' };
    const other = await open({ queued: true, folder, busyTimeout: 0 });
    await one.transaction('SERIALIZABLE', async () => {
      await expect(note(other, 'meanwhile')).rejects.toThrow(/locked/);
    });
    await expect(one.transaction('REPEATABLE READ', (unit) => note(unit, 'never'))).rejects.toThrow(
      /REPEATABLE READ/,
    );
    await note(one, 'afterwards');
    expect(await notes(one)).toEqual(['afterwards']);
  });

  it('begins again after another process locked the file, and the failed begin blocks no other transaction', async () => {
    const one = await open({ queued: true });
    const { folder } = opened[0] ?? { folder: '' };
    const other = await open({ queued: true, folder, busyTimeout: 0 });
    const begun = latch();
    const goOn = latch();
    const first = one.transaction(async (unit) => {
      await note(unit, 'first');
      begun.open();
      await goOn.opened;
    });
    await begun.opened;
    await expect(other.transaction((unit) => note(unit, 'refused'))).rejects.toThrow(/locked/);
    const second = transaction(other, (unit) => note(unit, 'second'));
    setImmediate(goOn.open);
    await Promise.all([first, second]);
    expect(await notes(one)).toEqual(['first', 'second']);
  });

  it('waits for another process without blocking this one, and reads continue', async () => {
    const one = await open({ queued: true });
    const { folder } = opened[0] ?? { folder: '' };
    const other = await open({ queued: true, folder });
    const begun = latch();
    const goOn = latch();
    const first = one.transaction(async (unit) => {
      await note(unit, 'first');
      begun.open();
      await goOn.opened;
    });
    await begun.opened;
    const done: string[] = [];
    const waiting = [
      transaction(other, (unit) => note(unit, 'unit')).then(() => done.push('unit')),
      other.transaction('SERIALIZABLE', (unit) => note(unit, 'level')).then(() => done.push('level')),
      note(other, 'entity').then(() => done.push('entity')),
      new Statements(other)
        .execute(`INSERT INTO notes VALUES ('written')`, {})
        .then(() => done.push('written')),
    ];
    // More than one attempt of each passes.
    for (let i = 0; i < 200; i += 1) expect(await notes(other)).toEqual([]);
    expect(done).toEqual([]);
    goOn.open();
    await Promise.all([first, ...waiting]);
    expect(await notes(one)).toEqual(['entity', 'first', 'level', 'unit', 'written']);
  });

  it('gives up in time where another process keeps the lock, and no transaction is half done', async () => {
    const one = await open({ queued: true });
    const { folder } = opened[0] ?? { folder: '' };
    const other = await open({ queued: true, folder, busyTimeout: 100 });
    await one.transaction(async (unit) => {
      await note(unit, 'first');
      const late = [transaction(other, (held) => note(held, 'unit')), note(other, 'entity')];
      const failed = {
        status: 'rejected',
        reason: expect.objectContaining({ message: expect.stringMatching(/locked/) }),
      };
      expect(await Promise.allSettled(late)).toEqual([failed, failed]);
    });
    await note(other, 'afterwards');
    expect(await notes(one)).toEqual(['afterwards', 'first']);
  });

  it('turns the write-ahead log on, and never lets the driver wait, before and after initialize', async () => {
    const before = await open({ queued: true });
    const after = await open({ queued: false, timeout: 1 });
    queueSqlite(after);
    queueSqlite(after);
    for (const dataSource of [before, after]) {
      expect(await dataSource.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
      expect(await dataSource.query('PRAGMA busy_timeout')).toEqual([{ timeout: 0 }]);
    }
  });
});
