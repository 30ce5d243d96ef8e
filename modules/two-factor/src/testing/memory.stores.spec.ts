import { MemoryStores } from './memory.stores.js';
import { storeContract } from './store-contract.js';

storeContract('the memory', () => new MemoryStores());

describe('the stores in memory', () => {
  it('do not wait forever when they are used inside a transaction of their own', async () => {
    const stores = new MemoryStores();
    const inside = stores.transaction(() => stores.attempts.clear('somebody'));
    await expect(inside).rejects.toThrow('inside a transaction');
    await stores.transaction((unit) => unit.attempts.clear('somebody'));
  });

  it('may be used inside a transaction of other stores, and still recognise one of their own around it', async () => {
    const [own, others] = [new MemoryStores(), new MemoryStores()];
    await others.transaction(() => own.attempts.clear('somebody'));
    const inside = own.transaction(() => others.transaction(() => own.attempts.clear('somebody')));
    await expect(inside).rejects.toThrow('inside a transaction');
  });
});
