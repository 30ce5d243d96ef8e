import { AsyncLocalStorage } from 'node:async_hooks';
import { Mutex } from 'async-mutex';

/** How a store reaches its rows: at once inside a transaction, else when no transaction is open. */
export type Run = <T>(work: () => T) => Promise<T>;

interface Unit {
  readonly queue: TransactionQueue;
  open: boolean;
}

/**
 * The transactions around the running code. All stores share one storage, because Node 20 and 22 keep each one until the
 * process ends.
 */
const around = new AsyncLocalStorage<readonly Unit[]>();

/** Runs one transaction, or one call outside of any transaction, at a time: first in, first out. */
export class TransactionQueue {
  private readonly mutex = new Mutex();

  /** @throws Error when called inside a transaction, which would wait for itself forever. */
  async run<T>(work: () => T | Promise<T>): Promise<T> {
    const transactions = around.getStore() ?? [];
    if (transactions.some(({ queue, open }) => queue === this && open))
      throw new Error(
        'The stores themselves were used inside a transaction; use the stores that the transaction was given.',
      );
    const unit: Unit = { queue: this, open: true };
    return this.mutex.runExclusive(async () => {
      try {
        return await around.run([...transactions, unit], work);
      } finally {
        unit.open = false;
      }
    });
  }
}
