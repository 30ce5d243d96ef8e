import { areIds } from '../../core/contracts/stores/ids.js';
import type { Token, TokenPurpose, TokenRef } from '../../core/contracts/stores/token.store.js';

/** A row of `two_factor_tokens` as the driver gives it. */
export interface TokenLine {
  readonly id: string;
  readonly purpose: TokenPurpose;
  readonly account_id: string;
  readonly session_key: string;
  readonly subtype: string;
  readonly stamp: string;
  readonly sealed: string | null;
  readonly misses: number;
  readonly created_at: string | number;
  readonly expires_at: string | number;
}

export function tokenOf(line: TokenLine): Token {
  const { id, purpose, subtype, stamp, sealed, misses } = line;
  return {
    id,
    purpose,
    accountId: line.account_id,
    key: line.session_key,
    subtype,
    stamp,
    sealed,
    misses,
    createdAt: Number(line.created_at),
    expiresAt: Number(line.expires_at),
  };
}

/** Invalid ids match no row and are not sent to the database. */
export function isRef({ id, purpose, accountId }: TokenRef): boolean {
  return areIds(id, purpose, accountId);
}
