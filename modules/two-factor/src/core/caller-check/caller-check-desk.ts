import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccountStateReader } from '../accounts/account-state.js';
import { columnText } from '../common/column-text.js';
import { Problem } from '../common/errors.js';
import type { CallerCheck } from '../contracts/stores/desk/caller-check.store.js';
import { Clock } from '../contracts/ports/clock.js';
import { Stores } from '../contracts/stores/stores.js';
import { Transactions } from '../outbox/transactions.js';
import { SIGNED_IN_ONLY } from './caller-checks.js';
import { threeWords } from './spoken-words.js';

/** How long the customer can confirm a check. */
const OPEN_FOR = 10 * 60_000;

/** The longest name of an agent on the customer's page, in characters. */
const LONGEST_NAME = 80;

/** The agent who is on the phone. */
export interface Agent {
  readonly id: string;
  /** The name that the customer sees. */
  readonly name: string;
}

/** Whose call is verified, by which agent, and why; the reason is kept in the event. */
export interface CallerCheckRequest {
  readonly accountId: string;
  readonly agent: Agent;
  readonly reason?: string;
}

/** A check as staff see it. Times are UTC ms. */
export interface CallerCheckView {
  readonly agentId: string;
  readonly agent: string;
  /** The three words that the agent reads out. */
  readonly words: string;
  /** `expired`: the customer did not answer in time. `denied`: the customer is not on the phone with anybody. */
  readonly state: CallerCheck['state'] | 'expired';
  /** The kind of the factor that confirmed it, or `signed-in`; null until then. */
  readonly by: string | null;
  /** Whether a factor confirmed it. False for a person who is only signed in. */
  readonly strong: boolean;
  readonly startedAt: number;
  /** The end of the time to confirm, of the confirmation, or of the warning. */
  readonly until: number;
}

/** A caller who was verified: by which proof, and until when it counts (UTC ms). */
export interface VerifiedCaller {
  readonly by: string;
  /** Whether a factor confirmed it. */
  readonly strong: boolean;
  readonly agentId: string;
  readonly until: number;
}

/** The staff's side of caller checks: the member `callerCheck` of the facade. */
@Injectable()
export class CallerCheckDesk {
  constructor(
    private readonly accountStateReader: AccountStateReader,
    private readonly stores: Stores,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts a check for the person who says to be this account's owner. It replaces the agent's earlier one, and ends after
   * ten minutes unless the customer confirms it. Event `caller.check-started`.
   * @throws Problem NOT_FOUND when the account does not exist or may not sign in; INVALID_INPUT when it is the agent's own.
   */
  async start({ accountId, agent, reason }: CallerCheckRequest): Promise<CallerCheckView> {
    if (!(await this.accountStateReader.account(accountId)))
      throw new Problem('NOT_FOUND', 'There is no such account, or it may not sign in.');
    if (agent.id === accountId) throw new Problem('INVALID_INPUT', 'This is your own account.');
    const now = this.clock.now();
    const check: CallerCheck = {
      ...{ id: randomUUID(), accountId, agentId: agent.id },
      agentName: columnText(agent.name, LONGEST_NAME),
      words: threeWords(),
      ...{ state: 'open', proof: '', createdAt: now, expiresAt: now + OPEN_FOR },
    };
    const actor = { type: 'staff', id: agent.id } as const;
    const origin = { actor, ip: null, userAgent: null, requestId: null };
    await this.transactions.run({ accountId, origin }, async (stores, emit) => {
      await stores.callerChecks.start(check);
      const facts = { checkId: check.id, agentId: agent.id, agent: check.agentName };
      emit('caller.check-started', { ...facts, ...(reason !== undefined && { reason }) });
    });
    return this.view(check);
  }

  /** The newest check of each agent for this account, the newest first; ended ones stay for an hour. */
  async list({ accountId }: { accountId: string }): Promise<readonly CallerCheckView[]> {
    return (await this.stores.callerChecks.list(accountId)).map((check) => this.view(check));
  }

  /** Whether the caller is verified now: to this agent, or without `agentId` to any. Null: not. */
  async verified(of: { accountId: string; agentId?: string }): Promise<VerifiedCaller | null> {
    const checks = await this.list(of);
    const now = this.clock.now();
    const found = checks.filter(
      ({ state, until, agentId }) =>
        state === 'verified' && until > now && (of.agentId === undefined || agentId === of.agentId),
    );
    const best = found.find(({ strong }) => strong) ?? found[0];
    return best?.by ? { by: best.by, strong: best.strong, agentId: best.agentId, until: best.until } : null;
  }

  private view({
    agentId,
    agentName,
    words,
    state,
    proof,
    createdAt,
    expiresAt,
  }: CallerCheck): CallerCheckView {
    const isOver = state !== 'denied' && expiresAt <= this.clock.now();
    return {
      ...{ agentId, agent: agentName, words, state: isOver ? 'expired' : state },
      by: proof === '' ? null : proof,
      strong: proof !== '' && proof !== SIGNED_IN_ONLY,
      startedAt: createdAt,
      until: expiresAt,
    };
  }
}
