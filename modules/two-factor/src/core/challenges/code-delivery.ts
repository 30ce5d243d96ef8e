import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { CodeSender, type Sent } from './code-sender.js';
import { Problem } from '../common/errors.js';
import type { Delivery, FactorData, FactorRecord } from '../contracts/factor.js';
import { FactorRegistry } from '../accounts/factor-registry.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { ChallengeContext } from './challenge-states.js';
import { stampOf, type AccountState } from '../accounts/account-state.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Token, TokenRef } from '../contracts/stores/token.store.js';
import { SecretStorage } from '../encryption/secret-storage.js';

/** A question as it is put: to whom, how they stand, and where. */
export interface PosedChallenge {
  readonly account: Account;
  readonly accountState: AccountState;
  readonly place: ChallengeContext;
}

/** How the sending of a question stands. Times are UTC ms. */
export interface Sending {
  /** The channel's name. */
  readonly channel: string;
  /** Where it goes, masked. */
  readonly to: string;
  /** How long what is sent can be answered, in minutes. */
  readonly minutes: number;
  /** Until when what was sent here last can be answered; null: nothing can. */
  readonly expiresAt: number | null;
  /** When the next one may be asked for; null: now. */
  readonly nextAt: number | null;
}

/**
 * Questions that reach their owners by a channel. Kept sealed, bound to the place where they were asked for and to how the account
 * stood; only the newest of a kind and a place can be answered, a few times, and is used up by the right answer.
 */
@Injectable()
export class CodeDelivery {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly stores: Stores,
    private readonly secretStorage: SecretStorage,
    private readonly codeSender: CodeSender,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends a new question of this kind, whose answer the older one's is not.
   * @throws Problem NOT_FOUND when nothing of this kind is sent to this account; UNAVAILABLE when the message is not taken.
   */
  async send(kind: string, posed: PosedChallenge, origin: Origin): Promise<Sent> {
    const { account, place } = posed;
    const records = this.records(kind, posed);
    const delivery = this.registry.primary(kind)?.behaviour.delivery;
    const [record] = records;
    if (!delivery || !record) throw new Problem('NOT_FOUND', 'No code is sent for this. Use another way.');
    const challengeState = delivery.make(records);
    const use = place.pending ? 'sign-in' : 'confirm';
    const { channel, ttlMs: lives } = delivery;
    const destination = channel.destination(account, record.data);
    const letter = delivery.message(challengeState);
    const errand = { account, kind, channel, destination, use, letter, lives, origin } as const;
    const before = await this.last(kind, posed);
    const token = this.tokenOf(kind, posed, challengeState, lives);
    return this.codeSender.send(errand, async ({ tokens }) => {
      if (before) await tokens.consume(before, token.createdAt);
      await tokens.insert(token);
    });
  }

  /** How it stands in this place; null: nothing of this kind is sent. */
  async state(kind: string, posed: PosedChallenge): Promise<Sending | null> {
    const delivery = this.registry.primary(kind)?.behaviour.delivery;
    const [record] = delivery ? this.records(kind, posed) : [];
    if (!delivery || !record) return null;
    const { channel } = delivery;
    const destination = channel.destination(posed.account, record.data);
    const token = await this.last(kind, posed);
    const open = token !== null && token.stamp === bindingOf(posed) && token.misses < delivery.maxAttempts;
    return {
      channel: channel.name,
      to: channel.masked(destination),
      minutes: delivery.ttlMs / 60_000,
      expiresAt: open ? token.expiresAt : null,
      nextAt: await this.codeSender.nextAt(posed.account.id, channel, destination),
    };
  }

  /** What an answer here is judged by, one try spent; undefined: nothing was sent, or it can be answered no more. */
  async load(
    kind: string,
    { maxAttempts: tries }: Delivery,
    posed: PosedChallenge,
  ): Promise<{ readonly challengeState: FactorData; readonly spends: TokenRef } | undefined> {
    const token = await this.last(kind, posed);
    if (!token || token.stamp !== bindingOf(posed)) return undefined;
    if (!(await this.stores.tokens.countMiss(token, tries, this.clock.now()))) return undefined;
    return { challengeState: this.secretStorage.openToken(token), spends: token };
  }

  /** What the account has of this kind and can answer with. */
  private records(kind: string, { account, accountState }: PosedChallenge): FactorRecord[] {
    return this.registry
      .usable(account, accountState.factors)
      .filter((stored) => stored.kind === kind)
      .map((stored) => this.secretStorage.openFactor(stored));
  }

  private tokenOf(kind: string, posed: PosedChallenge, challengeState: FactorData, lives: number): Token {
    const createdAt = this.clock.now();
    const owner = { id: randomUUID(), accountId: posed.account.id };
    const bound = { key: posed.place.key ?? '', subtype: kind, stamp: bindingOf(posed) };
    const sealed = this.secretStorage.sealToken(challengeState, owner);
    return {
      ...owner,
      ...bound,
      purpose: 'sent',
      sealed,
      misses: 0,
      createdAt,
      expiresAt: createdAt + lives,
    };
  }

  private async last(kind: string, { account, place }: PosedChallenge): Promise<Token | null> {
    if (place.key === null) return null;
    const of = { purpose: 'sent', accountId: account.id, key: place.key, subtype: kind } as const;
    return this.stores.tokens.newest(of, this.clock.now());
  }
}

/** The place, and how the account stood: with another password, address, role or set of factors it is another one. */
function bindingOf({ account, accountState, place }: PosedChallenge): string {
  const stood = stampOf(account, accountState.set);
  return createHash('sha256')
    .update(JSON.stringify([place.pending?.id ?? null, stood]))
    .digest('base64url');
}
