import type { FactorSet, StoredFactor } from './factor.store.js';
import type { Token, TokenRef } from './token.store.js';

/** A token, and the state of its account. */
export interface PendingLoginRecord {
  readonly token: Token;
  readonly set: FactorSet;
  readonly factors: readonly StoredFactor[];
}

/** The first query of every answer to a challenge: token, account row and factors, in one statement. */
export abstract class PendingLoginStore {
  /**
   * Returns the token and all that `FactorStore.load` returns. Null when the token is unknown or has ended at `now`. Null
   * also when `most` newer tokens of the same purpose and account exist: the oldest ones end without a write.
   */
  abstract find(ref: TokenRef, now: number, most: number): Promise<PendingLoginRecord | null>;
}
