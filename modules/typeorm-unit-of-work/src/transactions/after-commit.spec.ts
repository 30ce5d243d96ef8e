import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource } from 'typeorm';
import { mariadb, onEach, pipelined, postgres, sqlite, type Scratch } from '../scratch-database.fixture.js';
import { AfterCommit } from './after-commit.js';
import { transaction } from './transaction.js';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

onEach([sqlite, postgres, pipelined, mariadb], (database) => {
  describe('a hook after the commit', () => {
    let scratch: Scratch;
    let dataSource: DataSource;
    let hooks: AfterCommit;
    let calls: string[];

    beforeAll(async () => {
      scratch = await database.scratch();
      ({ dataSource } = scratch);
      await dataSource.runMigrations();
      hooks = new AfterCommit(dataSource);
    });
    beforeEach(() => {
      calls = [];
    });
    afterAll(() => scratch.drop());

    it('is not called before the transaction was committed', async () => {
      await transaction(dataSource, async (manager) => {
        hooks.run(manager, () => calls.push('called'));
        await manager.query('SELECT 1');
        await soon();
        expect(calls).toEqual([]);
      });
      await soon();
      expect(calls).toEqual(['called']);
    });

    it('is never called after a rollback', async () => {
      const failing = transaction(dataSource, async (manager) => {
        hooks.run(manager, () => calls.push('called'));
        await manager.query('SELECT 1');
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      await soon();
      expect(calls).toEqual([]);
    });

    it('is not lost when only a nested transaction was rolled back', async () => {
      await transaction(dataSource, async (manager) => {
        hooks.run(manager, () => calls.push('outer'));
        const nested = manager.transaction(() => Promise.reject(new Error('only the inner one')));
        await expect(nested).rejects.toThrow('only the inner one');
      });
      await soon();
      expect(calls).toEqual(['outer']);
    });

    it('is not called after the commit of a nested transaction alone', async () => {
      await transaction(dataSource, async (manager) => {
        await manager.transaction(async (inner) => hooks.run(inner, () => calls.push('inner')));
        await soon();
        expect(calls).toEqual([]);
      });
      await soon();
      expect(calls).toEqual(['inner']);
    });

    it('is called soon where there is no transaction', async () => {
      hooks.run(dataSource.manager, () => calls.push('called'));
      expect(calls).toEqual([]);
      await soon();
      expect(calls).toEqual(['called']);
    });

    it('does not inherit the asynchronous context of the transaction', async () => {
      const storage = new AsyncLocalStorage<string>();
      await storage.run('inside', () =>
        transaction(dataSource, async (manager) => {
          hooks.run(manager, () => calls.push(storage.getStore() ?? 'outside'));
          await manager.query('SELECT 1');
        }),
      );
      await soon();
      expect(calls).toEqual(['outside']);
    });
  });
});
