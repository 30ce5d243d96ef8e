import type { RecoveryCase, RecoveryCaseState } from '../contracts/stores/desk/recovery-case.store.js';
import { progressOf, type AgentNote } from '../recovery-cases/case-progress.js';
import type { RecoveryPolicy } from '../recovery-cases/recovery-policy.js';

/** A case as staff see it. Times are UTC ms. */
export interface RecoveryCaseView {
  readonly id: string;
  readonly accountId: string;
  readonly state: RecoveryCaseState;
  readonly openedAt: number;
  /** The end of the wait. */
  readonly waitsUntil: number;
  /** When it ended, or when it ends where agents do not approve it. */
  readonly endsAt: number;
  /** Each item of the checklist, in order; without an agent while it is not ticked. */
  readonly checklist: readonly (Partial<AgentNote> & { readonly check: string })[];
  readonly approvals: readonly AgentNote[];
  /** How many agents must approve. */
  readonly agents: number;
  /** Whether the checklist is complete and approvals are missing. */
  readonly canApprove: boolean;
  /** Why it was cancelled; empty else. */
  readonly reason: string;
}

export function viewOf(found: RecoveryCase, { checklist, agents }: RecoveryPolicy): RecoveryCaseView {
  const { id, accountId, state, openedAt, waitsUntil, endsAt, reason } = found;
  const { ticks, approvals } = progressOf(found);
  const items = checklist.map((check) => ticks.find((tick) => tick.check === check) ?? { check });
  return {
    ...{ id, accountId, state, openedAt, waitsUntil, endsAt, approvals, agents },
    checklist: items,
    canApprove: state === 'open' && items.every((item) => 'agent' in item),
    reason: state === 'cancelled' ? reason : '',
  };
}
