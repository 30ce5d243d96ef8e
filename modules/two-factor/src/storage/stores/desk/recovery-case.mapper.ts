import type {
  RecoveryCase,
  RecoveryCaseState,
} from '../../../core/contracts/stores/desk/recovery-case.store.js';

/** The columns of `two_factor_recovery_cases`. */
export const columns = [
  ...['account_id', 'id', 'state', 'version', 'stamp', 'uses', 'link_hash', 'sealed', 'progress', 'reason'],
  ...['opened_at', 'waits_until', 'ends_at', 'due_at'],
];

/** A row of `two_factor_recovery_cases` as the driver gives it. */
export interface CaseLine {
  readonly account_id: string;
  readonly id: string;
  readonly state: RecoveryCaseState;
  readonly version: number;
  readonly stamp: string;
  readonly uses: string;
  readonly link_hash: string;
  readonly sealed: string | null;
  readonly progress: string;
  readonly reason: string;
  readonly opened_at: string | number;
  readonly waits_until: string | number;
  readonly ends_at: string | number;
  readonly due_at: string | number;
}

export function caseOf(line: CaseLine): RecoveryCase {
  const { id, state, version, stamp, uses, sealed, progress, reason } = line;
  return {
    ...{ id, state, version, stamp, uses, sealed, progress, reason },
    accountId: line.account_id,
    linkHash: line.link_hash,
    openedAt: Number(line.opened_at),
    waitsUntil: Number(line.waits_until),
    endsAt: Number(line.ends_at),
    dueAt: Number(line.due_at),
  };
}

export function rowOf(opened: RecoveryCase) {
  const { id, state, version, stamp, uses, sealed, progress, reason } = opened;
  return {
    ...{ id, state, version, stamp, uses, sealed, progress, reason },
    account_id: opened.accountId,
    link_hash: opened.linkHash,
    opened_at: opened.openedAt,
    waits_until: opened.waitsUntil,
    ends_at: opened.endsAt,
    due_at: opened.dueAt,
  };
}
