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

/** A challenge for one account, its two-factor state, and the pending login, session or draft that it belongs to. */
export interface PosedChallenge {
  readonly account: Account;
  readonly accountState: AccountState;
  readonly place: ChallengeContext;
}

/** The state of a code delivery. Times are UTC ms. */
export interface Sending {
  /** The channel's name. */
  readonly channel: string;
  /** The destination, masked. */
  readonly to: string;
  /** The lifetime of a code in minutes. */
  readonly minutes: number;
  /** When the newest code ends; null where no code can be used. */
  readonly expiresAt: number | null;
  /** When the next code may be requested; null: now. */
  readonly nextAt: number | null;
}

/**
 * Codes that a channel sends to their owners. Their state is encrypted, and bound to the place of the request and to
 * the state of the account. Only the newest code of a kind and a place counts, for a few attempts, and a right answer
 * consumes it.
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
   * Sends a new code of this kind; it replaces the older one.
   * @throws Problem NOT_FOUND when this account gets no codes of this kind; UNAVAILABLE when the channel does not
   * accept the message.
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

  /** The delivery state in this place; null where no codes of this kind are sent. */
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

  /**
   * The state that checks an answer, with one attempt counted. Undefined when no code was sent, or it can no longer be
   * used.
   */
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

  /** The account's factors of this kind that can be used. */
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

/**
 * The place and the state of the account. Another password, address, role or set of factors results in another value.
 */
function bindingOf({ account, accountState, place }: PosedChallenge): string {
  const stood = stampOf(account, accountState.set);
  return createHash('sha256')
    .update(JSON.stringify([place.pending?.id ?? null, stood]))
    .digest('base64url');
}
