/** A stored, encrypted value. */
export interface SealedValue {
  readonly id: string;
  readonly accountId: string;
  readonly sealed: string;
}

/**
 * Encrypted values of one sort. They are found by their prefix, which names the key, and are replaced at a key
 * rotation.
 */
export abstract class SealedStore {
  /** The name of the values in reports, e.g. `factors`. */
  abstract readonly name: string;

  /** The purpose of the values; with account and id it binds each value to its row. */
  abstract readonly purpose: string;

  /** Returns the number of values with this prefix. */
  abstract count(prefix: string): Promise<number>;

  /** Returns at most `limit` values with none of these prefixes and an id greater than `after`, sorted by id. */
  abstract others(fronts: readonly string[], after: string, limit: number): Promise<readonly SealedValue[]>;

  /** Returns the current value; null when it no longer exists. */
  abstract find(value: Pick<SealedValue, 'id' | 'accountId'>): Promise<SealedValue | null>;

  /** Compare-and-set: true when the row had exactly this sealed text and now has `sealed`. Its other columns stay. */
  abstract replace(value: SealedValue, sealed: string): Promise<boolean>;
}

/** Injection token of all encrypted values: the module's own, then the host's. */
export const SEALED_STORES = Symbol('nestjs-two-factor:sealed');
