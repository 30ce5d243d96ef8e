import { Injectable } from '@nestjs/common';
import { Clock } from '../contracts/ports/clock.js';
import type { RecoveryCase, RecoveryCaseChange } from '../contracts/stores/desk/recovery-case.store.js';
import type { Origin } from '../common/origin.js';
import { Transactions, type Emit } from '../outbox/transactions.js';
import { progressOf, type CaseAgent, type CaseProgress } from '../recovery-cases/case-progress.js';
import { RecoveryPolicy } from '../recovery-cases/recovery-policy.js';

/** How often a change is tried again after another agent was faster. */
const MOST_RACES = 8;

/** Who takes a step, and why; the reason is kept in the events. */
export interface CaseStep {
  readonly agent: CaseAgent;
  readonly reason?: string;
}

/** A change of a case by an agent, and its events. */
interface Step {
  readonly change: RecoveryCaseChange;
  tell(emit: Emit): void;
}

/** The steps of agents at a case. Each is one compare-and-set with its event; two agents at once do not lose a step. */
@Injectable()
export class CaseWork {
  constructor(
    private readonly transactions: Transactions,
    private readonly policy: RecoveryPolicy,
    private readonly clock: Clock,
  ) {}

  /** Ticks items of the checklist. False: they are ticked already, or the case is not open. */
  tick(found: RecoveryCase, { agent, reason }: CaseStep, checks: readonly string[]): Promise<boolean> {
    return this.step(found, agent, (now) => {
      const progress = progressOf(now);
      const fresh = checks.filter((check) => !progress.ticks.some((tick) => tick.check === check));
      if (fresh.length === 0) return null;
      const ticks = fresh.map((check) => ({ check, agent, at: this.clock.now() }));
      return {
        change: { progress: written({ ...progress, ticks: [...progress.ticks, ...ticks] }) },
        tell: (emit) =>
          fresh.forEach((check) =>
            emit('two-factor.recovery.checked', { ...because(reason), caseId: now.id, check }),
          ),
      };
    });
  }

  /** Approves a case. False: this agent approved it already, or it is not open, or its checklist is not complete. */
  approve(found: RecoveryCase, { agent, reason }: CaseStep): Promise<boolean> {
    return this.step(found, agent, (now) => {
      const progress = progressOf(now);
      const hasApproved = progress.approvals.some((each) => each.agent.id === agent.id);
      if (hasApproved || this.missing(now).length > 0) return null;
      const approvals = [...progress.approvals, { agent, at: this.clock.now() }];
      const counts = { approvals: approvals.length, of: this.policy.agents };
      const isEnough = counts.approvals >= counts.of;
      return {
        change: {
          ...(isEnough && { state: 'approved' }),
          progress: written({ ...progress, approvals }),
        },
        tell: (emit) =>
          emit(
            'two-factor.recovery.approved',
            { ...because(reason), ...counts, caseId: now.id, until: now.waitsUntil },
            isEnough ? { notice: 'recovery-approved' } : {},
          ),
      };
    });
  }

  /** The items of the checklist that are not ticked. */
  missing(found: RecoveryCase): readonly string[] {
    const { ticks } = progressOf(found);
    return this.policy.checklist.filter((check) => !ticks.some((tick) => tick.check === check));
  }

  private step(
    { accountId, id }: RecoveryCase,
    agent: CaseAgent,
    next: (now: RecoveryCase) => Step | null,
  ): Promise<boolean> {
    const actor = { type: 'staff', id: agent.id } as const;
    const origin: Origin = { actor, ip: null, userAgent: null, requestId: null };
    return this.transactions.run({ accountId, origin }, async (stores, emit) => {
      for (let race = 0; race < MOST_RACES; race += 1) {
        const now = await stores.recoveryCases.find(id);
        const step = now?.state === 'open' ? next(now) : null;
        if (!now || !step) return false;
        if (!(await stores.recoveryCases.update(now, step.change))) continue;
        step.tell(emit);
        return true;
      }
      return false;
    });
  }
}

function because(reason: string | undefined): { reason?: string } {
  return reason === undefined ? {} : { reason };
}

function written(progress: CaseProgress): string {
  return JSON.stringify(progress);
}
