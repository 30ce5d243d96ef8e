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

/** How long an answer may take that needs its question (WebAuthn level 3 §13.4.3 leaves it to us): 5 minutes. */
const LIFETIME = 5 * 60_000;

/** Where a question is put: to a held login, or, without one, to a session that confirms. */
export interface ChallengeContext {
  readonly accountId: string;
  /** The session key; null: nobody is asked by us. */
  readonly key: string | null;
  readonly pending?: TokenRef | undefined;
}

/** What the page of a kind shows beside its field, and what programs get. */
interface Shown {
  readonly show: View;
  readonly json: View;
}

/**
 * Questions, and what a kind needs again for the answer (a challenge): kept sealed, bound to the place where it was asked,
 * handed back once. Only the newest question of a kind and a place can be answered; an answer to another one leaves it alone.
 */
@Injectable()
export class ChallengeStates {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly stores: Stores,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
  ) {}

  /** Puts a new question: the one put before can be answered no more. */
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

  /** The question that can be answered here, shown again; a new one only where there is none. */
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
   * What the question left for this answer to it; from now on it can be answered no more. Undefined: the answer is not one to the
   * newest question here, which then stays as it is, or that one was answered a moment ago or is too old.
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
      ...{ purpose: 'prompt', key: asking.key ?? '', subtype: kind, stamp: placeOf(asking), misses: 0 },
      ...{
        sealed: this.secretStorage.sealToken(challengeState, owner),
        createdAt: now,
        expiresAt: now + LIFETIME,
      },
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
