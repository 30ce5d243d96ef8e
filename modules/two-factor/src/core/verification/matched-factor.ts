import type { FactorData } from '../contracts/factor.js';
import type { StoredFactor } from '../contracts/stores/factor.store.js';

/** A factor that the answer matches, and its new data. */
export interface MatchedFactor {
  readonly stored: StoredFactor;
  /** The new data; absent where it does not change. */
  readonly data?: FactorData;
}

/** The kind of an answer, and the factor that it came from, as events name them. */
export interface NamedFactor {
  readonly kind: string;
  readonly factorId?: string;
  readonly label?: string;
}

/** Names the kind, and the factor where exactly one is known. */
export function namedFactor(kind: string, [known, another]: readonly StoredFactor[]): NamedFactor {
  return known && !another ? { kind, factorId: known.id, label: known.label } : { kind };
}
