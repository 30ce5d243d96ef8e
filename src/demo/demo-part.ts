import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';

/** Injection token of the list of parts; they are written in this order. */
export const DEMO_PARTS = Symbol('the parts of the demo data');

/** One folder's part of the demo data. */
export interface DemoPart {
  /** Writes the data of these accounts (all demo accounts, in their order), in the given transaction. */
  write(accounts: readonly Account[], manager: EntityManager): Promise<void>;
}
