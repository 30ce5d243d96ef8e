/** A sealed value as it is kept. */
export interface SealedValue {
  readonly id: string;
  readonly accountId: string;
  readonly sealed: string;
}

/** Values of one sort that the key ring seals, wherever they lie: found by how they begin, which names the key, and replaced. */
export abstract class SealedStore {
  /** What reports call them, e.g. `factors`. */
  abstract readonly name: string;

  /** What they are sealed for; with account and id it binds each to its row. */
  abstract readonly purpose: string;

  /** How many begin like this. */
  abstract count(prefix: string): Promise<number>;

  /** At most `limit` of those that begin like none of these, behind the id `after`, in the order of their ids. */
  abstract others(fronts: readonly string[], after: string, limit: number): Promise<readonly SealedValue[]>;

  /** The value as it is now; null when it is no more. */
  abstract find(value: Pick<SealedValue, 'id' | 'accountId'>): Promise<SealedValue | null>;

  /** Compare-and-set: true when exactly this sealed text was there and is now `sealed`. What else the row has stays. */
  abstract replace(value: SealedValue, sealed: string): Promise<boolean>;
}

/** Injection token of everything the key ring seals: the module's own, then the host's. */
export const SEALED_STORES = Symbol('nestjs-two-factor:sealed');
