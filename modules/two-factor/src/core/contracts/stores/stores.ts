import type { AttemptStore } from './attempt.store.js';
import type { EventStore } from './event.store.js';
import type { FactorStore } from './factor.store.js';
import type { PendingLoginStore } from './pending-login.store.js';
import type { SealedStore } from './sealed.store.js';
import type { TokenStore } from './token.store.js';

/** All that is kept, and the unit of work over it. */
export abstract class Stores {
  abstract readonly factors: FactorStore;
  abstract readonly tokens: TokenStore;
  abstract readonly pending: PendingLoginStore;
  abstract readonly attempts: AttemptStore;
  abstract readonly events: EventStore;
  /** What of it the key ring seals: `factors` and `drafts`. */
  abstract readonly sealed: readonly SealedStore[];

  /**
   * One unit of work: all of it or nothing. Retried whole, up to 3 times, on deadlock, serialization failure or busy; so
   * `work` awaits nothing but statements of the stores it is given, never of the outer ones, which would wait for the
   * unit's own connection. Throwing rolls back, and rejects with what was thrown. On the stores of a unit: that same unit.
   */
  abstract transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}
