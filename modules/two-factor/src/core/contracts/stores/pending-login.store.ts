import type { FactorSet, StoredFactor } from './factor.store.js';
import type { Token, TokenRef } from './token.store.js';

/** A token, and how its account stands. */
export interface PendingLoginRecord {
  readonly token: Token;
  readonly set: FactorSet;
  readonly factors: readonly StoredFactor[];
}

/** What every answer to a challenge begins with: token, account row and factors, in one statement. */
export abstract class PendingLoginStore {
  /**
   * The token with all that `FactorStore.ofAccount` answers; null when the token is unknown, has ended at `now`, or when
   * `most` tokens of the same purpose and account were made after it: the oldest give way without being touched.
   */
  abstract find(ref: TokenRef, now: number, most: number): Promise<PendingLoginRecord | null>;
}
