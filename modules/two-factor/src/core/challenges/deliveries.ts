import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { Courier, type Sent } from './courier.js';
import { Problem } from '../common/errors.js';
import type { Delivery, FactorData, FactorRecord } from '../contracts/factor.js';
import { FactorRegistry } from '../accounts/factor-registry.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { Asking } from './questions.js';
import { stampOf, type Standing } from '../accounts/standing.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Token, TokenRef } from '../contracts/stores/token.store.js';
import { Vault } from '../encryption/vault.js';

/** A question as it is put: to whom, how they stand, and where. */
export interface Posed {
  readonly account: Account;
  readonly standing: Standing;
  readonly place: Asking;
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
export class Deliveries {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly stores: Stores,
    private readonly vault: Vault,
    private readonly courier: Courier,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends a new question of this kind, whose answer the older one's is not.
   * @throws Problem NOT_FOUND when nothing of this kind is sent to this account; UNAVAILABLE when the message is not taken.
   */
  async send(kind: string, posed: Posed, origin: Origin): Promise<Sent> {
    const { account, place } = posed;
    const records = this.records(kind, posed);
    const delivery = this.registry.primary(kind)?.act.delivery;
    const [record] = records;
    if (!delivery || !record) throw new Problem('NOT_FOUND', 'No code is sent for this. Use another way.');
    const memo = delivery.make(records);
    const use = place.held ? 'sign-in' : 'confirm';
    const { channel, lives } = delivery;
    const destination = channel.destination(account, record.data);
    const letter = delivery.letter(memo);
    const errand = { account, kind, channel, destination, use, letter, lives, origin } as const;
    const before = await this.last(kind, posed);
    const token = this.tokenOf(kind, posed, memo, lives);
    return this.courier.deliver(errand, async ({ tokens }) => {
      if (before) await tokens.consume(before, token.createdAt);
      await tokens.insert(token);
    });
  }

  /** How it stands in this place; null: nothing of this kind is sent. */
  async state(kind: string, posed: Posed): Promise<Sending | null> {
    const delivery = this.registry.primary(kind)?.act.delivery;
    const [record] = delivery ? this.records(kind, posed) : [];
    if (!delivery || !record) return null;
    const { channel } = delivery;
    const destination = channel.destination(posed.account, record.data);
    const token = await this.last(kind, posed);
    const open = token !== null && token.stamp === bindingOf(posed) && token.misses < delivery.tries;
    return {
      channel: channel.name,
      to: channel.masked(destination),
      minutes: delivery.lives / 60_000,
      expiresAt: open ? token.expiresAt : null,
      nextAt: await this.courier.nextAt(posed.account.id, channel, destination),
    };
  }

  /** What an answer here is judged by, one try spent; undefined: nothing was sent, or it can be answered no more. */
  async recall(
    kind: string,
    { tries }: Delivery,
    posed: Posed,
  ): Promise<{ readonly memo: FactorData; readonly spends: TokenRef } | undefined> {
    const token = await this.last(kind, posed);
    if (!token || token.stamp !== bindingOf(posed)) return undefined;
    if (!(await this.stores.tokens.charge(token, tries, this.clock.now()))) return undefined;
    return { memo: this.vault.openToken(token), spends: token };
  }

  /** What the account has of this kind and can answer with. */
  private records(kind: string, { account, standing }: Posed): FactorRecord[] {
    return this.registry
      .usable(account, standing.factors)
      .filter((stored) => stored.kind === kind)
      .map((stored) => this.vault.openFactor(stored));
  }

  private tokenOf(kind: string, posed: Posed, memo: FactorData, lives: number): Token {
    const createdAt = this.clock.now();
    const owner = { id: randomUUID(), accountId: posed.account.id };
    const bound = { key: posed.place.key ?? '', variety: kind, stamp: bindingOf(posed) };
    const sealed = this.vault.sealToken(memo, owner);
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

  private async last(kind: string, { account, place }: Posed): Promise<Token | null> {
    if (place.key === null) return null;
    const of = { purpose: 'sent', accountId: account.id, key: place.key, variety: kind } as const;
    return this.stores.tokens.newest(of, this.clock.now());
  }
}

/** The place, and how the account stood: with another password, address, role or set of factors it is another one. */
function bindingOf({ account, standing, place }: Posed): string {
  const stood = stampOf(account, standing.set);
  return createHash('sha256')
    .update(JSON.stringify([place.held?.id ?? null, stood]))
    .digest('base64url');
}
