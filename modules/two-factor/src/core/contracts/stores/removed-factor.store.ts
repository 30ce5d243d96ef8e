import type { StoredFactor } from './factor.store.js';

/** A row of `two_factor_removed_factors`: a factor that no longer works. A stop link can bring it back. */
export interface RemovedFactor extends StoredFactor {
  /** The id of the factor that replaced it; null where none did. */
  readonly replacedBy: string | null;
  readonly removedAt: number;
  readonly expiresAt: number;
}

/**
 * Factors that were removed some hours ago, encrypted as before. An id that is missing, empty, invalid, or different in case, accents or spaces
 * matches no row.
 */
export abstract class RemovedFactorStore {
  /** Keeps a factor that was just removed. @throws when the id exists already, or a text is too long. */
  abstract insert(factor: RemovedFactor): Promise<void>;

  /** Returns the removed factors of the account that have not ended at `now`, the oldest first. */
  abstract list(accountId: string, now: number): Promise<readonly RemovedFactor[]>;

  /** Deletes one; true for exactly one caller. */
  abstract remove(id: string, accountId: string): Promise<boolean>;

  /** Deletes all of the account. */
  abstract discard(accountId: string): Promise<void>;

  /** Deletes those that ended before `now`. */
  abstract sweep(now: number): Promise<void>;
}
