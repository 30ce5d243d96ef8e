import type { DataSource, EntityManager } from 'typeorm';
import { randomUUID as newId } from 'node:crypto';
import { transaction } from '../transactions/transaction.js';
import { Counter, onEach, pipelined, type Scratch } from '../scratch-database.fixture.js';
import { sentBy } from '../sent-statements.fixture.js';
import { Statements } from '../statements/statements.js';

const add = 'INSERT INTO counters VALUES (:subject, 0)';

onEach([pipelined], (database) => {
  describe('a transaction with pipelined begin and commit', () => {
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

    it('stores its statements, including those sent with the commit', async () => {
      const [first, last] = [newId(), newId()];
      await unit(async (statements) => {
        expect(await statements.executeOne(add, { subject: first })).toBe(true);
        await statements.executeWithCommit(add, { subject: last });
      });
      expect([await isThere(first), await isThere(last)]).toEqual([true, true]);
    });

    it('stores nothing when a statement sent with the commit fails, and throws its error', async () => {
      const [first, taken] = [newId(), newId()];
      await new Statements(dataSource).execute(add, { subject: taken });
      const failing = unit(async (statements) => {
        await statements.execute(add, { subject: first });
        await statements.executeWithCommit(add, { subject: taken });
      });
      await expect(failing).rejects.toThrow('duplicate key');
      expect(await isThere(first)).toBe(false);
    });

    it('stores nothing after a failure that its caller ignored', async () => {
      const [first, taken] = [newId(), newId()];
      await new Statements(dataSource).execute(add, { subject: taken });
      const failing = unit(async (statements) => {
        await statements.execute(add, { subject: first });
        await statements.execute(add, { subject: taken }).catch(() => undefined);
      });
      await expect(failing).rejects.toThrow('rolled the transaction back');
      expect(await isThere(first)).toBe(false);
    });

    it('sees the deferred statements', async () => {
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

    it('sends no deferred statement when it is rolled back', async () => {
      const [first, last] = [newId(), newId()];
      const failing = unit(async (statements) => {
        await statements.execute(add, { subject: first });
        await statements.executeWithCommit(add, { subject: last });
        throw new Error('execute my mind');
      });
      await expect(failing).rejects.toThrow('execute my mind');
      expect([await isThere(first), await isThere(last)]).toEqual([false, false]);
    });

    it('leaves its connection ready for the next one, whatever its result', async () => {
      for (let i = 0; i < 30; i += 1)
        await unit(() => Promise.reject(new Error('nothing was sent'))).catch(() => undefined);
      const alone = newId();
      await new Statements(dataSource).execute(add, { subject: alone });
      expect(await isThere(alone)).toBe(true);
    });

    it('also begins with an operation on entities, and nests', async () => {
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

    it('is repeated as a whole when a statement sent with the commit met a deadlock', async () => {
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

    it('reports every statement to the logger, including begin and commit', async () => {
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
