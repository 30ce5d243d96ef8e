import type { RecoveryCase } from '../contracts/stores/desk/recovery-case.store.js';

/** An agent, as a case remembers them. */
export interface CaseAgent {
  readonly id: string;
  readonly name: string;
}

/** Something that an agent did. `at`: UTC ms. */
export interface AgentNote {
  readonly agent: CaseAgent;
  readonly at: number;
}

/** What agents have done so far. */
export interface CaseProgress {
  /** The items of the checklist that were checked. */
  readonly ticks: readonly (AgentNote & { readonly check: string })[];
  readonly approvals: readonly AgentNote[];
}

/** Reads the column of a case. The package is the only one that writes it. */
export function progressOf({ progress }: Pick<RecoveryCase, 'progress'>): CaseProgress {
  return JSON.parse(progress) as CaseProgress;
}

export const noProgress = JSON.stringify({ ticks: [], approvals: [] } satisfies CaseProgress);
