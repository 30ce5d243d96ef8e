import { aFactor, anEvent, aToken, newId, now } from '../../testing/contract/samples.js';
import { FactorRow } from '../schema/rows/factor.row.js';
import { mariadb, onEach, postgres, sqlite, type Scratch } from '../scratch.fixture.js';
import { sentBy } from '../sent.fixture.js';
import { TypeOrmStores } from './typeorm.stores.js';

const rule = { every: 5, waits: [60_000], hardStop: 100 };

onEach([sqlite, postgres, mariadb], (database) => {
  describe('the stores during a sign-in', () => {
    let scratch: Scratch;
    let stores: TypeOrmStores;

    beforeAll(async () => {
      scratch = await database.scratch();
      await scratch.dataSource.runMigrations();
      stores = new TypeOrmStores(scratch.dataSource);
    });
    afterAll(async () => scratch.drop());

    const statements = (work: () => Promise<unknown>): Promise<string[]> => sentBy(scratch.dataSource, work);

    it('send one statement for each query and each change', async () => {
      const account = newId();
      const token = aToken(account);
      const factor = aFactor(account);
      await stores.attempts.consume(account, rule, now);
      const steps = [
        () => stores.factors.insert(factor),
        () => stores.factors.load(account),
        () => stores.factors.update(factor, { lastUsedAt: now }),
        () => stores.factors.bumpVersion(account, { primaryCount: 0, version: 0 }, 1),
        () => stores.tokens.insert(token),
        () => stores.tokens.find(token, now),
        () => stores.tokens.newest(token, now),
        () => stores.tokens.countMiss(token, 5, now),
        () => stores.tokens.refundMiss(token),
        () => stores.pending.find(token, now, 50),
        () => stores.tokens.consume(token, now),
        () => stores.attempts.read([account, newId()]),
        () => stores.attempts.consume(account, rule, now),
        () => stores.attempts.refund(account, rule),
        () => stores.attempts.clear(account),
        () => stores.events.record([anEvent(account), anEvent(account), anEvent(account)], now),
      ];
      for (const step of steps) expect(await statements(step)).toHaveLength(1);
    });

    it('pass times as parameters, so that each statement is prepared once', async () => {
      const subject = newId();
      await stores.attempts.consume(subject, rule, now);
      const at = (moment: number) => statements(() => stores.attempts.consume(subject, rule, moment));
      expect(await at(now + 1)).toEqual(await at(now + 2));
    });

    it('match no row when a condition is missing', async () => {
      await stores.factors.insert(aFactor(newId()));
      const { manager } = scratch.dataSource;
      for (const id of [undefined, null])
        await expect(manager.findOneBy(FactorRow, { id: id as unknown as string })).rejects.toThrow();
    });
  });
});
