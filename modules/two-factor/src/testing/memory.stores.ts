import { Stores } from '../core/contracts/stores/stores.js';
import { MemoryCallerCheckStore } from './memory/desk/memory-caller-check.store.js';
import { MemoryCheckUpStore } from './memory/desk/memory-check-up.store.js';
import { MemoryRecoveryCaseStore } from './memory/desk/memory-recovery-case.store.js';
import { MemoryAttemptStore } from './memory/memory-attempt.store.js';
import { MemoryBrakeStore } from './memory/memory-brake.store.js';
import { MemoryEventStore } from './memory/memory-event.store.js';
import { MemoryFactorStore } from './memory/memory-factor.store.js';
import { MemoryLockDownStore } from './memory/lock-down/memory-lock-down.store.js';
import { MemoryRemovedFactorStore } from './memory/lock-down/memory-removed-factor.store.js';
import { MemoryPendingStore } from './memory/memory-pending-login.store.js';
import { MemorySealedStore } from './memory/memory-sealed.store.js';
import { MemoryTokenStore } from './memory/memory-token.store.js';
import { Tables } from './memory/tables.js';
import { TransactionQueue, type Run } from './memory/transaction-queue.js';

/** The stores of one transaction: every change is applied at once. */
class UnitStores extends Stores {
  readonly factors: MemoryFactorStore;
  readonly tokens: MemoryTokenStore;
  readonly pending: MemoryPendingStore;
  readonly attempts: MemoryAttemptStore;
  readonly events: MemoryEventStore;
  readonly lockDowns: MemoryLockDownStore;
  readonly removed: MemoryRemovedFactorStore;
  readonly brakes: MemoryBrakeStore;
  readonly callerChecks: MemoryCallerCheckStore;
  readonly recoveryCases: MemoryRecoveryCaseStore;
  readonly checkUps: MemoryCheckUpStore;
  readonly sealed: readonly MemorySealedStore[];

  constructor(tables: Tables, run: Run) {
    super();
    this.factors = new MemoryFactorStore(tables, run);
    this.tokens = new MemoryTokenStore(tables, run);
    this.pending = new MemoryPendingStore(tables, this.tokens, this.factors);
    this.attempts = new MemoryAttemptStore(tables, run);
    this.events = new MemoryEventStore(tables, run);
    this.lockDowns = new MemoryLockDownStore(tables, run);
    this.removed = new MemoryRemovedFactorStore(tables, run);
    this.brakes = new MemoryBrakeStore(tables, run);
    this.callerChecks = new MemoryCallerCheckStore(tables, run);
    this.recoveryCases = new MemoryRecoveryCaseStore(tables, run);
    this.checkUps = new MemoryCheckUpStore(tables, run);
    this.sealed = [
      new MemorySealedStore(tables, run, 'factors', 'factor'),
      new MemorySealedStore(tables, run, 'drafts', 'draft'),
      new MemorySealedStore(tables, run, 'removed-factors', 'factor'),
    ];
  }

  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return work(this);
  }
}

/**
 * All stores in memory, for tests. They fulfil the same contract as the databases; transactions run one after the other. Using
 * these stores themselves inside a transaction throws.
 */
export class MemoryStores extends UnitStores {
  private readonly tables: Tables;
  private readonly queue: TransactionQueue;

  constructor() {
    const tables = new Tables();
    const queue = new TransactionQueue();
    super(tables, (work) => queue.run(work));
    this.tables = tables;
    this.queue = queue;
  }

  override transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return this.queue.run(async () => {
      const putBack = this.tables.snapshot();
      try {
        return await work(new UnitStores(this.tables, async (statement) => statement()));
      } catch (error) {
        putBack();
        throw error;
      }
    });
  }
}
