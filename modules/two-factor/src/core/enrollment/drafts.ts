import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { Courier, type Sent } from '../challenges/courier.js';
import type { Sending } from '../challenges/deliveries.js';
import { Problem, VerifierFailed } from '../common/errors.js';
import type { Enrolled, FactorData, Proof, SetUpInput } from '../contracts/factor.js';
import type { PrimaryKind } from '../accounts/factor-registry.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import { stampOf, type Standing } from '../accounts/standing.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Token, TokenRef } from '../contracts/stores/token.store.js';
import { Troubles } from '../verification/troubles.js';
import { Vault } from '../encryption/vault.js';
import { enrolledOf } from '../verification/verdict.js';

const MINUTE = 60_000;
/** How long a set-up may take where its kind does not say. */
const LIFETIME = 15 * MINUTE;
/** Tries a draft survives; then a new one must be started. */
const TRIES = 10;
const starts = { limit: 10, length: 60 * MINUTE };

/** Who sets a factor up: somebody signed in, or a held login in state enrol. */
export interface Drafter {
  readonly account: Account;
  readonly standing: Standing;
  readonly key: string;
}

/** What a draft is begun with. */
export interface Begun {
  readonly data: FactorData;
  /** The factor that goes when this one is proved. */
  readonly replaces: string | null;
  /** What the set-up form brought. */
  readonly input: SetUpInput;
}

/** What became of a start. */
export type Started = Sent | { readonly status: 'begun' };

/** A factor being set up: nothing is on until it is proved. */
export interface Draft extends Begun {
  readonly ref: TokenRef;
  readonly kind: string;
  readonly expiresAt: number;
}

/** Drafts: sealed tokens, bound to the session and to how the account stood. */
@Injectable()
export class Drafts {
  constructor(
    private readonly stores: Stores,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly troubles: Troubles,
    private readonly courier: Courier,
  ) {}

  /**
   * Keeps a draft; of a kind whose question goes by a channel, once that is sent. `later`: it may not be sent yet, and there is no draft.
   * @throws Problem TOO_MANY_ATTEMPTS when too many were started within an hour; UNAVAILABLE when the message is not taken.
   */
  async begin(who: Drafter, { card, act }: PrimaryKind, begun: Begun, origin: Origin): Promise<Started> {
    const now = this.clock.now();
    const { kind, draftLives: lives = LIFETIME } = card;
    const token = this.tokenOf(who, kind, begun, { createdAt: now, expiresAt: now + lives });
    const keep = ({ tokens }: Pick<Stores, 'tokens'>) => tokens.insert(token);
    if (act.delivery) {
      // Bounded by its messages, of which there are fewer.
      const { account } = who;
      const { channel } = act.delivery;
      const destination = channel.destination(account, begun.data);
      const errand = { account, kind, channel, destination, use: 'set-up', lives, origin } as const;
      return this.courier.deliver({ ...errand, letter: act.delivery.letter(begun.data) }, keep);
    }
    await this.chargeStart(who.account.id, now);
    await keep(this.stores);
    return { status: 'begun' };
  }

  /** How the sending of this draft stands; undefined: nothing is sent for this kind. */
  async sending({ account }: Drafter, draft: Draft, { act }: PrimaryKind): Promise<Sending | undefined> {
    if (!act.delivery) return undefined;
    const { channel, lives } = act.delivery;
    const destination = channel.destination(account, draft.data);
    return {
      channel: channel.name,
      to: channel.masked(destination),
      minutes: lives / 60_000,
      expiresAt: draft.expiresAt,
      nextAt: await this.courier.nextAt(account.id, channel, destination),
    };
  }

  /** The draft this session is at, the same however often it is asked for; null when there is none. */
  async current(who: Drafter, kind: string): Promise<Draft | null> {
    const of = { purpose: 'draft', accountId: who.account.id, key: who.key, variety: kind } as const;
    const token = await this.stores.tokens.newest(of, this.clock.now());
    if (token?.stamp !== stampOf(who.account, who.standing.set)) return null;
    if (token.misses >= TRIES) return null;
    const { data, replaces, input } = this.vault.openToken(token);
    return {
      ref: { id: token.id, purpose: 'draft', accountId: token.accountId },
      kind,
      data: data as FactorData,
      replaces: typeof replaces === 'string' ? replaces : null,
      input: (input ?? {}) as SetUpInput,
      expiresAt: token.expiresAt,
    };
  }

  /**
   * Judges a proof of the new factor. It costs a try where it could be read and is of this draft.
   * @throws Problem CONFLICT when the draft has no try left; UNAVAILABLE when the proof could not be judged.
   */
  async prove(draft: Draft, kind: PrimaryKind, proof: Proof, origin: Origin): Promise<Enrolled> {
    const enrolled = await this.judged(draft, kind, proof, origin);
    if (!enrolled.ok && enrolled.reason !== 'wrong') return enrolled;
    if (await this.stores.tokens.charge(draft.ref, TRIES, this.clock.now())) return enrolled;
    throw new Problem('CONFLICT', 'Too many tries. Start the set-up again.');
  }

  private tokenOf(
    { account, standing, key }: Drafter,
    variety: string,
    { data, replaces, input }: Begun,
    times: Pick<Token, 'createdAt' | 'expiresAt'>,
  ): Token {
    const owner = { id: randomUUID(), accountId: account.id };
    const sealed = this.vault.sealToken({ data, replaces, input }, owner);
    const bound = { key, variety, stamp: stampOf(account, standing.set) };
    return { ...owner, ...bound, ...times, purpose: 'draft', sealed, misses: 0 };
  }

  private async judged({ ref, data }: Draft, { card, act, own }: PrimaryKind, proof: Proof, origin: Origin) {
    try {
      return await enrolledOf(() => act.finishEnrolment(data, own(proof)));
    } catch (cause) {
      const failed = new VerifierFailed(card.kind, ref.id, cause);
      throw await this.troubles.of(failed, { accountId: ref.accountId, origin });
    }
  }

  private async chargeStart(accountId: string, now: number): Promise<void> {
    const subject = `drafts:${accountId}`;
    if (await this.stores.attempts.chargeWindow(subject, starts.limit, starts.length, now)) return;
    const [row] = await this.stores.attempts.read([subject]);
    const retryAfter = Math.ceil(((row?.windowEnds ?? now + starts.length) - now) / 1000);
    throw new Problem('TOO_MANY_ATTEMPTS', 'Set-up was started too often. Wait a while.', { retryAfter });
  }
}
