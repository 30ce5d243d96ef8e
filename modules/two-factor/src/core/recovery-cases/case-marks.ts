import { createHash } from 'node:crypto';
import { stampOf, type AccountState } from '../accounts/account-state.js';
import type { Account } from '../common/account.js';
import type { RecoveryCase } from '../contracts/stores/desk/recovery-case.store.js';

/** The account that asks, and its state. */
export interface CaseOwner {
  readonly account: Account;
  readonly accountState: AccountState;
}

/**
 * What a case compares with its opening. `uses` has the time of the last use of each factor. It differs after any sign-in or
 * step-up with a factor, so a sign-in needs no statement of its own to end a case. Only a difference counts, not an order:
 * the clocks of two nodes may differ.
 */
export function marksOf({ account, accountState }: CaseOwner): Pick<RecoveryCase, 'stamp' | 'uses'> {
  const used = accountState.factors.map(({ id, lastUsedAt }) => [id, lastUsedAt] as const);
  const sorted = [...used].sort(([a], [b]) => (a < b ? -1 : 1));
  const uses = createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
  return { stamp: stampOf(account, accountState.set), uses };
}
