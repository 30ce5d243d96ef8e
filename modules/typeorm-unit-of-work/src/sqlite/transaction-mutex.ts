import { Mutex, withTimeout, type MutexInterface } from 'async-mutex';
import { isInsideTransaction } from './transaction-scope.js';

/** A request for the mutex from inside the transaction that holds it would wait for itself for ever. */
const selfWait =
  'The DataSource was used inside a transaction, which would wait for itself. ' +
  'Inside a transaction use only the EntityManager that the transaction was given.';

/** A mutex that knows its owner: first in, first out, with a timeout. */
export class TransactionMutex {
  private readonly mutex = new Mutex();
  private readonly impatient: MutexInterface;
  private owner: object | null = null;
  private unlock: MutexInterface.Releaser | undefined;

  /** `timeout`: how long a caller waits for the mutex, in milliseconds. */
  constructor(timeout = 30_000) {
    this.impatient = withTimeout(
      this.mutex,
      timeout,
      new Error(`The SQLite queue did not come to this statement within ${timeout} ms. ${selfWait}`),
    );
  }

  isHeldBy(owner: object): boolean {
    return this.owner === owner;
  }

  /** @throws Error when the caller runs inside the transaction that holds the mutex, or after the timeout. */
  async acquire(owner: object): Promise<void> {
    if (isInsideTransaction((holder) => this.isHeldBy(holder))) throw new Error(selfWait);
    // A free mutex needs no timer.
    this.unlock = await (this.mutex.isLocked() ? this.impatient : this.mutex).acquire();
    this.owner = owner;
  }

  /** Does nothing unless `owner` holds the mutex. */
  release(owner: object): void {
    if (this.owner !== owner) return;
    this.owner = null;
    this.unlock?.();
  }
}
