import { TransactionMutex } from './transaction-mutex.js';
import { inTransactionScope, setScopeOwner } from './transaction-scope.js';

describe('the mutex', () => {
  it('is given to one owner at a time, first in, first out', async () => {
    const mutex = new TransactionMutex();
    const order: string[] = [];
    const people = ['ann', 'bob', 'cy'].map((name) => ({ name }));
    const taken = people.map((who) =>
      mutex.acquire(who).then(() => {
        order.push(who.name);
        expect(people.filter((each) => mutex.isHeldBy(each))).toEqual([who]);
        mutex.release(who);
      }),
    );
    await Promise.all(taken);
    expect(order).toEqual(['ann', 'bob', 'cy']);
  });

  it('is not released by a caller that does not hold it', async () => {
    const mutex = new TransactionMutex();
    const holder = {};
    await mutex.acquire(holder);
    mutex.release({});
    expect(mutex.isHeldBy(holder)).toBe(true);
  });

  it('is waited for with a timeout, and a caller that gave up is skipped', async () => {
    const mutex = new TransactionMutex(1);
    const holder = {};
    const impatient = {};
    await mutex.acquire(holder);
    await expect(mutex.acquire(impatient)).rejects.toThrow('within 1 ms');
    mutex.release(holder);
    expect(mutex.isHeldBy(impatient)).toBe(false);
    await mutex.acquire(holder);
    expect(mutex.isHeldBy(holder)).toBe(true);
  });

  it('of another queue may be acquired inside a transaction, its own may not', async () => {
    const [own, other] = [new TransactionMutex(), new TransactionMutex()];
    const holder = {};
    await inTransactionScope(async () => {
      await own.acquire(holder);
      setScopeOwner(holder);
      await inTransactionScope(async () => {
        const inner = {};
        await other.acquire(inner);
        setScopeOwner(inner);
        await expect(own.acquire({})).rejects.toThrow('inside a transaction');
      });
    });
  });
});
