import type { AttemptStore } from './attempt.store.js';
import type { BrakeStore } from './brake.store.js';
import type { CallerCheckStore } from './desk/caller-check.store.js';
import type { CheckUpStore } from './desk/check-up.store.js';
import type { RecoveryCaseStore } from './desk/recovery-case.store.js';
import type { EventStore } from './event.store.js';
import type { FactorStore } from './factor.store.js';
import type { LockDownStore } from './lock-down.store.js';
import type { PendingLoginStore } from './pending-login.store.js';
import type { RemovedFactorStore } from './removed-factor.store.js';
import type { SealedStore } from './sealed.store.js';
import type { TokenStore } from './token.store.js';

/** All stored data, and the transactions over it. */
export abstract class Stores {
  abstract readonly factors: FactorStore;
  abstract readonly tokens: TokenStore;
  abstract readonly pending: PendingLoginStore;
  abstract readonly attempts: AttemptStore;
  abstract readonly events: EventStore;
  abstract readonly lockDowns: LockDownStore;
  abstract readonly removed: RemovedFactorStore;
  abstract readonly brakes: BrakeStore;
  abstract readonly callerChecks: CallerCheckStore;
  abstract readonly recoveryCases: RecoveryCaseStore;
  abstract readonly checkUps: CheckUpStore;
  /** The encrypted values among them: `factors`, `drafts` and `removed-factors`. */
  abstract readonly sealed: readonly SealedStore[];

  /**
   * Runs `work` in one transaction. It is repeated as a whole, up to 3 times, after a deadlock, a serialization failure
   * or a busy database. Therefore `work` awaits only statements of the stores that it gets. The outer stores would wait
   * for the connection of this transaction. An error rolls back and is rethrown. On the stores of a transaction, `work`
   * joins that transaction.
   */
  abstract transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}
