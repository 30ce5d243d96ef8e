import type { DataSource, EntityManager } from 'typeorm';
import { randomUUID as newId } from 'node:crypto';
import { transaction } from '../transactions/transaction.js';
import { Counter, onEach, pipelined, type Scratch } from '../scratch-database.fixture.js';
import { sentBy } from '../sent-statements.fixture.js';
import { Statements } from '../statements/statements.js';

const add = 'INSERT INTO counters VALUES (:subject, 0)';

onEach([pipelined], (database) => {
  describe('a unit whose begin and commit go along with its statements', () => {
    let scratch: Scratch;
    let dataSource: DataSource;

    beforeAll(async () => {
      scratch = await database.scratch();
      ({ dataSource } = scratch);
      await dataSource.runMigrations();
    });
    afterAll(async () => scratch.drop());

    const unit = <T>(work: (statements: Statements, manager: EntityManager) => Promise<T>): Promise<T> =>
      transaction(dataSource, (manager) => work(new Statements(dataSource, manager), manager));
    const isThere = (subject: string): Promise<boolean> => dataSource.manager.existsBy(Counter, { subject });

    it('keeps what was sent and what went with the commit', async () => {
      const [first, last] = [newId(), newId()];
      await unit(async (statements) => {
        expect(await statements.executeOne(add, { subject: first })).toBe(true);
        await statements.executeWithCommit(add, { subject: last });
      });
      expect([await isThere(first), await isThere(last)]).toEqual([true, true]);
    });

    it('keeps nothing when what went with the commit fails, and says what that was', async () => {
      const [first, taken] = [newId(), newId()];
      await new Statements(dataSource).execute(add, { subject: taken });
      const failing = unit(async (statements) => {
        await statements.execute(add, { subject: first });
        await statements.executeWithCommit(add, { subject: taken });
      });
      await expect(failing).rejects.toThrow('duplicate key');
      expect(await isThere(first)).toBe(false);
    });

    it('keeps nothing after a failure that nobody looked at', async () => {
      const [first, taken] = [newId(), newId()];
      await new Statements(dataSource).execute(add, { subject: taken });
      const failing = unit(async (statements) => {
        await statements.execute(add, { subject: first });
        await statements.execute(add, { subject: taken }).catch(() => undefined);
      });
      await expect(failing).rejects.toThrow('rolled the transaction back');
      expect(await isThere(first)).toBe(false);
    });

    it('sees what was kept for the commit', async () => {
      const [first, last] = [newId(), newId()];
      await unit(async (statements, manager) => {
        await statements.executeWithCommit(add, { subject: first });
        const rows = await statements.query('SELECT subject FROM counters WHERE subject = :first', {
          first,
        });
        expect(rows).toHaveLength(1);
        await statements.executeWithCommit(add, { subject: last });
        expect(await manager.existsBy(Counter, { subject: last })).toBe(true);
      });
      expect([await isThere(first), await isThere(last)]).toEqual([true, true]);
    });

    it('sends nothing that was kept for the commit when it is rolled back', async () => {
      const [first, last] = [newId(), newId()];
      const failing = unit(async (statements) => {
        await statements.execute(add, { subject: first });
        await statements.executeWithCommit(add, { subject: last });
        throw new Error('execute my mind');
      });
      await expect(failing).rejects.toThrow('execute my mind');
      expect([await isThere(first), await isThere(last)]).toEqual([false, false]);
    });

    it('leaves its connection fit for the next one, whatever became of it', async () => {
      for (let i = 0; i < 30; i += 1)
        await unit(() => Promise.reject(new Error('nothing was sent'))).catch(() => undefined);
      const alone = newId();
      await new Statements(dataSource).execute(add, { subject: alone });
      expect(await isThere(alone)).toBe(true);
    });

    it('also begins where entities come first, and nests', async () => {
      const [outer, inner] = [newId(), newId()];
      await unit(async (_statements, manager) => {
        await manager.insert(Counter, { subject: outer, hits: 0 });
        await manager
          .transaction(async (nested) => {
            await nested.insert(Counter, { subject: inner, hits: 0 });
            throw new Error('only the inner one');
          })
          .catch(() => undefined);
      });
      expect([await isThere(outer), await isThere(inner)]).toEqual([true, false]);
    });

    it('is done again whole when what went with the commit met a deadlock', async () => {
      const [one, other] = [newId(), newId()];
      for (const subject of [one, other]) await new Statements(dataSource).execute(add, { subject });
      const bump = 'UPDATE counters SET hits = hits + 1 WHERE subject = :subject';
      const crossing = (first: string, last: string): Promise<void> =>
        unit(async (statements) => {
          await statements.execute(bump, { subject: first });
          await statements.executeWithCommit(bump, { subject: last });
        });
      for (let round = 0; round < 10; round += 1)
        await Promise.all([crossing(one, other), crossing(other, one)]);
      const [row] = await dataSource.manager.findBy(Counter, { subject: one });
      expect(row?.hits).toBe(20);
    });

    it('tells the logger of every statement, the begin and the commit too', async () => {
      const sent = await sentBy(dataSource, () =>
        unit(async (statements) => {
          await statements.execute(add, { subject: newId() });
          await statements.executeWithCommit(add, { subject: newId() });
        }),
      );
      expect(sent.map((text) => text.split(' ')[0])).toEqual(['START', 'INSERT', 'INSERT', 'COMMIT']);
    });
  });
});
