import type { Account } from '../common/account.js';
import type { ResetMark } from '../contracts/stores/factor.store.js';
import type { Stores } from '../contracts/stores/stores.js';
import type { Token, TokenRef } from '../contracts/stores/token.store.js';
import { stampOf, type AccountState } from './account-state.js';

/** A change of an account's set of factors: the state before it, and the tokens that it consumes. */
export interface FactorSetChange {
  readonly accountId: string;
  readonly accountState: AccountState;
  readonly spent?: readonly TokenRef[];
  /** What a reset leaves behind. Every other change removes the mark of an earlier one. */
  readonly mark?: ResetMark | undefined;
  /** The session that makes the change. Its own confirmations stay valid. */
  readonly by?: { readonly account: Account; readonly key: string } | undefined;
}

/**
 * The scope of a step-up. `replace` follows a sign-in by a recovery factor and allows one enrollment that replaces a
 * factor.
 */
export type StepUpScope = 'full' | 'replace';

/**
 * Deletes the tokens of the account before its set changes. Unsaved codes stay while a primary factor remains, because their
 * set may still be valid, and so do the confirmations of the session that makes the change.
 */
export async function voidTokens(
  stores: Stores,
  change: FactorSetChange,
  after: { readonly primaries: number; readonly version: number },
  now: number,
): Promise<void> {
  const { accountId } = change;
  const unsaved = after.primaries > 0 ? await stores.tokens.list({ purpose: 'codes', accountId }, now) : [];
  const own = await ownConfirmations(stores, change, after.version, now);
  const kept: Token[] = [];
  // Another request may have consumed one since they were listed.
  for (const token of [...unsaved, ...own]) if (await stores.tokens.consume(token, now)) kept.push(token);
  await stores.tokens.discard(accountId);
  for (const token of kept) await stores.tokens.insert(token);
}

/**
 * The step-ups and open confirmations of the session that makes the change, under the new version. A step-up from
 * before the first factor had no factor to ask for, and one by a recovery factor is for one replacement.
 */
async function ownConfirmations(
  { tokens }: Stores,
  { accountId, accountState, by }: FactorSetChange,
  version: number,
  now: number,
): Promise<Token[]> {
  if (!by || !accountState.enabled) return [];
  const [before, after] = [stampOf(by.account, accountState.set), stampOf(by.account, { version })];
  const lists = [];
  for (const purpose of ['step-up', 'confirm'] as const)
    lists.push(await tokens.list({ purpose, accountId }, now));
  const isOwn = ({ key, stamp, subtype }: Token) =>
    key === by.key && stamp === before && subtype !== ('replace' satisfies StepUpScope);
  return lists
    .flat()
    .filter(isOwn)
    .map((token) => ({ ...token, stamp: after }));
}
