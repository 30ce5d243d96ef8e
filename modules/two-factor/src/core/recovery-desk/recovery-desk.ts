import { Injectable } from '@nestjs/common';
import { columnText } from '../common/column-text.js';
import { Problem } from '../common/errors.js';
import type { RecoveryCase } from '../contracts/stores/desk/recovery-case.store.js';
import { Stores } from '../contracts/stores/stores.js';
import { isLive } from '../recovery-cases/case-changes.js';
import { RecoveryPolicy } from '../recovery-cases/recovery-policy.js';
import { viewOf, type RecoveryCaseView } from './case-view.js';
import { CaseWork, type CaseStep } from './case-work.js';
import { RecoveryCompletion } from './recovery-completion.js';
import { RecoveryLifecycle } from './recovery-lifecycle.js';

/** The longest name of an agent, and the longest words about a refusal, in characters. */
const LONGEST = { name: 80, note: 500 } as const;

/** How many cases a list has. */
const MOST = 100;

/** The case, the agent, and why; the reason is kept in the events. */
export interface CaseOrder extends CaseStep {
  readonly id: string;
}

/** The staff's side of the recovery desk: the member `recovery` of the facade. */
@Injectable()
export class RecoveryDesk {
  constructor(
    private readonly lifecycle: RecoveryLifecycle,
    private readonly work: CaseWork,
    private readonly stores: Stores,
    private readonly policy: RecoveryPolicy,
    private readonly completion: RecoveryCompletion,
  ) {}

  /** What agents check, in order. */
  get checklist(): readonly string[] {
    return this.policy.checklist;
  }

  /** The cases that have not ended, or those that have; the oldest first, at most 100. */
  async list({ ended = false }: { ended?: boolean } = {}): Promise<readonly RecoveryCaseView[]> {
    const states = ended ? (['completed', 'cancelled'] as const) : (['open', 'approved'] as const);
    return (await this.stores.recoveryCases.list(states, MOST)).map((each) => viewOf(each, this.policy));
  }

  /** A case; null when there is none with this id. A case that became void has ended. */
  async find({ id }: { id: string }): Promise<RecoveryCaseView | null> {
    const found = await this.stores.recoveryCases.find(id);
    if (!found) return null;
    const isLiveNow = await this.lifecycle.isStillLive(found, await this.lifecycle.ownerOf(found.accountId));
    const now = isLiveNow || !isLive(found) ? found : await this.stores.recoveryCases.find(id);
    return now && viewOf(now, this.policy);
  }

  /** The account's case that has not ended, for the host's pages and for its staff; null: there is none. */
  async ofAccount({ accountId }: { accountId: string }): Promise<RecoveryCaseView | null> {
    const found = await this.stores.recoveryCases.ofAccount(accountId);
    return found && isLive(found) ? this.find({ id: found.id }).then(liveOrNull) : null;
  }

  /**
   * Ticks items of the checklist. Each tick is an event with the agent. False: they are ticked already, or the case is
   * approved or has ended.
   * @throws Problem NOT_FOUND, INVALID_INPUT for an unknown item or the agent's own account.
   */
  async tick({ checks, ...order }: CaseOrder & { checks: readonly string[] }): Promise<boolean> {
    const found = await this.require(order);
    const unknown = checks.filter((check) => !this.policy.checklist.includes(check));
    if (checks.length === 0 || unknown.length > 0)
      throw new Problem('INVALID_INPUT', 'Name items of the checklist.');
    return (await this.isLive(found)) && this.work.tick(found, named(order), checks);
  }

  /**
   * Approves a case. After the last approval it ends by itself when the wait is over: the owner's next sign-in sets up again.
   * False: this agent approved it already, or it has ended.
   * @throws Problem NOT_FOUND; CONFLICT (`reason: checklist`) while the checklist is not complete; INVALID_INPUT for the
   * agent's own account.
   */
  async approve(order: CaseOrder): Promise<boolean> {
    const found = await this.require(order);
    if (!(await this.isLive(found))) return false;
    if (this.work.missing(found).length > 0)
      throw new Problem('CONFLICT', 'The checklist is not complete.', { reason: 'checklist' });
    if (!(await this.work.approve(found, named(order)))) return false;
    await this.completeIfReady(found);
    return true;
  }

  /**
   * Refuses a case and mails the owner. False: it has ended already.
   * @throws Problem NOT_FOUND; INVALID_INPUT without a reason, or for the agent's own account.
   */
  async refuse({ reason, ...order }: CaseOrder & { readonly reason: string }): Promise<boolean> {
    const found = await this.require(order);
    const note = columnText(reason.trim(), LONGEST.note);
    if (note === '') throw new Problem('INVALID_INPUT', 'Give a reason.');
    const actor = { type: 'staff', id: order.agent.id } as const;
    const origin = { actor, ip: null, userAgent: null, requestId: null };
    return this.lifecycle.cancel(found, { reason: 'staff', note }, origin);
  }

  private async completeIfReady({ id }: RecoveryCase): Promise<void> {
    const now = await this.stores.recoveryCases.find(id);
    const owner = now && (await this.lifecycle.ownerOf(now.accountId));
    if (now && owner) await this.completion.complete(now, owner);
  }

  private async isLive(found: RecoveryCase): Promise<boolean> {
    return this.lifecycle.isStillLive(found, await this.lifecycle.ownerOf(found.accountId));
  }

  private async require({ id, agent }: CaseOrder): Promise<RecoveryCase> {
    const found = await this.stores.recoveryCases.find(id);
    if (!found) throw new Problem('NOT_FOUND', 'There is no such case.');
    if (found.accountId === agent.id) throw new Problem('INVALID_INPUT', 'This is your own account.');
    return found;
  }
}

function named({ agent: { id, name }, reason }: CaseOrder): CaseStep {
  const agent = { id, name: columnText(name, LONGEST.name) };
  return reason === undefined ? { agent } : { agent, reason: columnText(reason, LONGEST.note) };
}

function liveOrNull(view: RecoveryCaseView | null): RecoveryCaseView | null {
  return view && isLive(view) ? view : null;
}
