import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';

/** Injection token of the list of parts, written in its order. */
export const DEMO_PARTS = Symbol('the parts of the demo data');

/** One room's share of the demo data. */
export interface DemoPart {
  /** Writes what belongs to these accounts (all of the demo's, in their order), in the unit at hand. */
  write(accounts: readonly Account[], manager: EntityManager): Promise<void>;
}
