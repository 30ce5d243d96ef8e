import type { FactorSet, ResetMark, StoredFactor } from '../../core/contracts/stores/factor.store.js';

/** One row of the join: the account row and one factor. Either can be missing. */
export interface Joined {
  readonly primary_count: number | null;
  readonly set_version: number | null;
  readonly reset_mode: string | null;
  readonly id: string | null;
  readonly kind: string;
  readonly label: string;
  readonly sealed: string;
  readonly version: number;
  readonly created_at: string | number;
  readonly last_used_at: string | number | null;
}

/** The selected columns of `joinedTables`. */
export const joinedColumns = `a.primary_count, a.version AS set_version, a.reset_mode,
    f.id, f.kind, f.label, f.sealed, f.version, f.created_at, f.last_used_at`;

/** Joined to a row that always exists, so that factors without their account row are found, and the reverse. */
export const joinedTables = `
  LEFT JOIN two_factor_accounts a ON a.account_id = :accountId
  LEFT JOIN two_factor_factors f ON f.account_id = :accountId`;

/** Returns the account row and the factors of these rows. */
export function factorSetOf(
  lines: readonly Joined[],
  accountId: string,
): { readonly set: FactorSet; readonly factors: StoredFactor[] } {
  const [first] = lines;
  const set = {
    primaryCount: first?.primary_count ?? 0,
    version: first?.set_version ?? 0,
    reset: markOf(first?.reset_mode ?? null),
  };
  return { set, factors: lines.flatMap((line) => stored(line, accountId)) };
}

/** A mark that this version does not know keeps the account shut. */
function markOf(mode: string | null): ResetMark | undefined {
  if (mode === null) return undefined;
  return mode === 'one-time-code' ? mode : 're-enrol';
}

function stored(line: Joined, accountId: string): StoredFactor[] {
  if (line.id === null) return [];
  const { id, kind, label, sealed, version } = line;
  const lastUsedAt = line.last_used_at === null ? null : Number(line.last_used_at);
  return [{ id, accountId, kind, label, sealed, version, createdAt: Number(line.created_at), lastUsedAt }];
}
