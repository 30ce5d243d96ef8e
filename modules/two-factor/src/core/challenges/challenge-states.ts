import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import type { FactorData, FactorRecord, Prompt, Proof, View } from '../contracts/factor.js';
import { FactorRegistry, type Kind } from '../accounts/factor-registry.js';
import { factorAccountOf } from '../contracts/proof-filter.js';
import { Clock } from '../contracts/ports/clock.js';
import type { AccountState } from '../accounts/account-state.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Token, TokenRef } from '../contracts/stores/token.store.js';
import { SecretStorage } from '../encryption/secret-storage.js';

/**
 * The lifetime of a challenge that the server stores for its answer: 5 minutes. WebAuthn level 3 §13.4.3 leaves the
 * value to the server.
 */
const LIFETIME = 5 * 60_000;

/** Where a challenge is posed: for a pending login, or without one for a session that steps up. */
export interface ChallengeContext {
  readonly accountId: string;
  /** The session key; null for a person without a session. */
  readonly key: string | null;
  readonly pending?: TokenRef | undefined;
}

/** The parts of a challenge that the page shows and that JSON clients get. */
interface Shown {
  readonly show: View;
  readonly json: View;
}

/**
 * Stores the state that a kind needs to check an answer. It is encrypted, bound to one pending login or session, and
 * returned once. Only the newest challenge of a kind and a place can be answered. An answer to another one does not
 * consume it.
 */
@Injectable()
export class ChallengeStates {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly stores: Stores,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
  ) {}

  /** Poses a new challenge; the one before can no longer be answered. */
  async pose(
    kind: string,
    account: Account,
    accountState: AccountState,
    asking: ChallengeContext,
  ): Promise<Shown> {
    const known = this.registry.find(kind);
    if (!known) return { show: {}, json: {} };
    const prompt = await known.behaviour.prompt(factorAccountOf(account), this.records(known, accountState));
    if (prompt.challengeState && known.behaviour.prompted)
      await this.save(kind, prompt.challengeState, asking);
    return shown(prompt);
  }

  /** Shows the challenge that is still open, and poses a new one only where there is none. */
  async poseAgain(
    kind: string,
    account: Account,
    accountState: AccountState,
    asking: ChallengeContext,
  ): Promise<Shown> {
    const known = this.registry.find(kind);
    const prompted = known?.behaviour.prompted;
    const token = prompted && (await this.findOpen(kind, asking));
    if (!known || !token) return this.pose(kind, account, accountState, asking);
    const records = this.records(known, accountState);
    return shown(
      await prompted.again(factorAccountOf(account), records, this.secretStorage.openToken(token)),
    );
  }

  /**
   * Returns the state for this answer and consumes it. Undefined when the answer does not belong to the newest
   * challenge, which then stays open, or when that challenge has ended or was already answered.
   */
  async consume(
    { definition, behaviour, own }: Kind,
    proof: Proof,
    asking: ChallengeContext,
  ): Promise<FactorData | undefined> {
    const token = await this.findOpen(definition.kind, asking);
    if (!token) return undefined;
    const challengeState = this.secretStorage.openToken(token);
    if (behaviour.prompted?.answers(own(proof), challengeState) !== true) return undefined;
    return (await this.stores.tokens.consume(token, this.clock.now())) ? challengeState : undefined;
  }

  private records({ definition }: Kind, { factors }: AccountState): FactorRecord[] {
    return factors
      .filter(({ kind }) => kind === definition.kind)
      .map((stored) => this.secretStorage.openFactor(stored));
  }

  private async findOpen(kind: string, asking: ChallengeContext): Promise<Token | undefined> {
    const token = await this.findLast(kind, asking);
    return token?.stamp === placeOf(asking) ? token : undefined;
  }

  private async save(kind: string, challengeState: FactorData, asking: ChallengeContext): Promise<void> {
    const now = this.clock.now();
    const before = await this.findLast(kind, asking);
    if (before) await this.stores.tokens.consume(before, now);
    const owner = { id: randomUUID(), accountId: asking.accountId };
    await this.stores.tokens.insert({
      ...owner,
      purpose: 'prompt',
      key: asking.key ?? '',
      subtype: kind,
      stamp: placeOf(asking),
      misses: 0,
      sealed: this.secretStorage.sealToken(challengeState, owner),
      createdAt: now,
      expiresAt: now + LIFETIME,
    });
  }

  private async findLast(kind: string, { accountId, key }: ChallengeContext): Promise<Token | null> {
    if (key === null) return null;
    const of = { purpose: 'prompt', accountId, key, subtype: kind } as const;
    return this.stores.tokens.newest(of, this.clock.now());
  }
}

function shown({ show, json = {} }: Prompt): Shown {
  return { show, json };
}

function placeOf({ pending }: ChallengeContext): string {
  return pending ? `held:${pending.id}` : 'confirm';
}
