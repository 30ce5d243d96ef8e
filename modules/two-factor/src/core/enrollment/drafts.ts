import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { twoFactorLimits } from '../rate-limits/limits.js';
import { setUpStartsKey } from '../rate-limits/rate-limits.js';
import { CodeSender, type Sent } from '../challenges/code-sender.js';
import type { Sending } from '../challenges/code-delivery.js';
import { Problem, VerifierFailed } from '../common/errors.js';
import type { EnrollmentVerdict, FactorData, Proof, SetUpInput } from '../contracts/factor.js';
import type { PrimaryKind } from '../accounts/factor-registry.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import { stampOf, type AccountState } from '../accounts/account-state.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Token, TokenRef } from '../contracts/stores/token.store.js';
import { FactorFailures } from '../verification/factor-failures.js';
import { SecretStorage } from '../encryption/secret-storage.js';
import { enrollmentVerdictOf } from '../verification/verdict.js';

const MINUTE = 60_000;
/** The default time limit of a set-up. */
const LIFETIME = 15 * MINUTE;
const TRIES = twoFactorLimits['set-up-answers'].limit;
const starts = twoFactorLimits['set-up-starts'];

/** The person who sets a factor up: signed in, or with a pending login in state `enrol`. */
export interface EnrollmentSubject {
  readonly account: Account;
  readonly accountState: AccountState;
  readonly key: string;
}

/** The initial values of a draft. */
export interface NewDraft {
  readonly data: FactorData;
  /** The factor that is removed when this one is proved. */
  readonly replaces: string | null;
  /** The input of the set-up form. */
  readonly input: SetUpInput;
}

/** The result of a start. */
export type DraftStart = Sent | { readonly status: 'begun' };

/** A factor during its set-up. It is off until it is proved. */
export interface Draft extends NewDraft {
  readonly ref: TokenRef;
  readonly kind: string;
  /** The answers so far that were checked. */
  readonly misses: number;
  readonly expiresAt: number;
}

/** Drafts: encrypted tokens, bound to the session and to the state of the account. */
@Injectable()
export class Drafts {
  constructor(
    private readonly stores: Stores,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
    private readonly factorFailures: FactorFailures,
    private readonly codeSender: CodeSender,
  ) {}

  /**
   * Stores a draft. For a kind that sends codes, it is stored after the code was sent. `later`: the send quota is used
   * up, and there is no draft.
   * @throws Problem TOO_MANY_ATTEMPTS when too many were started within an hour; UNAVAILABLE when the channel does not
   * accept the message.
   */
  async begin(
    who: EnrollmentSubject,
    { definition, behaviour }: PrimaryKind,
    begun: NewDraft,
    origin: Origin,
  ): Promise<DraftStart> {
    const now = this.clock.now();
    const { kind, draftTtlMs: lives = LIFETIME } = definition;
    const token = this.tokenOf(who, kind, begun, { createdAt: now, expiresAt: now + lives });
    const keep = ({ tokens }: Pick<Stores, 'tokens'>) => tokens.insert(token);
    if (behaviour.delivery) {
      // The send quota limits these starts, and it is smaller.
      const { account } = who;
      const { channel } = behaviour.delivery;
      const destination = channel.destination(account, begun.data);
      const errand = { account, kind, channel, destination, use: 'set-up', lives, origin } as const;
      return this.codeSender.send({ ...errand, letter: behaviour.delivery.message(begun.data) }, keep);
    }
    await this.consumeStart(who.account.id, origin.ip, now);
    await keep(this.stores);
    return { status: 'begun' };
  }

  /** The delivery state of this draft; undefined for kinds that send no code. */
  async sending(
    { account }: EnrollmentSubject,
    draft: Draft,
    { behaviour }: PrimaryKind,
  ): Promise<Sending | undefined> {
    if (!behaviour.delivery) return undefined;
    const { channel, ttlMs: lives } = behaviour.delivery;
    const destination = channel.destination(account, draft.data);
    return {
      channel: channel.name,
      to: channel.masked(destination),
      minutes: lives / 60_000,
      expiresAt: draft.expiresAt,
      nextAt: await this.codeSender.nextAt(account.id, channel, destination),
    };
  }

  /** Returns the draft of this session, the same on every call; null when there is none. */
  async find(who: EnrollmentSubject, kind: string): Promise<Draft | null> {
    const of = { purpose: 'draft', accountId: who.account.id, key: who.key, subtype: kind } as const;
    const token = await this.stores.tokens.newest(of, this.clock.now());
    if (token?.stamp !== stampOf(who.account, who.accountState.set)) return null;
    if (token.misses >= TRIES) return null;
    const { data, replaces, input } = this.secretStorage.openToken(token);
    return {
      ref: { id: token.id, purpose: 'draft', accountId: token.accountId },
      kind,
      misses: token.misses,
      data: data as FactorData,
      replaces: typeof replaces === 'string' ? replaces : null,
      input: (input ?? {}) as SetUpInput,
      expiresAt: token.expiresAt,
    };
  }

  /**
   * Verifies a proof of the new factor. It counts as an attempt where it is readable and belongs to this draft.
   * @throws Problem CONFLICT when the draft has no attempt left; UNAVAILABLE when the proof could not be verified.
   */
  async verify(draft: Draft, kind: PrimaryKind, proof: Proof, origin: Origin): Promise<EnrollmentVerdict> {
    const enrolled = await this.callFactor(draft, kind, proof, origin);
    if (!enrolled.ok && enrolled.reason !== 'wrong') return enrolled;
    const isCounted = await this.stores.tokens.countMiss(draft.ref, TRIES, this.clock.now());
    if (!isCounted || (!enrolled.ok && draft.misses + 1 >= TRIES)) this.logEnd(draft.ref, origin);
    if (isCounted) return enrolled;
    throw new Problem('CONFLICT', 'Too many tries. Start the set-up again.');
  }

  /** No further answer to this set-up is checked. */
  private logEnd({ accountId }: TokenRef, { ip }: Origin): void {
    this.factorFailures.throttled({ limit: 'set-up-answers', accountId, ip, until: null });
  }

  private tokenOf(
    { account, accountState, key }: EnrollmentSubject,
    subtype: string,
    { data, replaces, input }: NewDraft,
    times: Pick<Token, 'createdAt' | 'expiresAt'>,
  ): Token {
    const owner = { id: randomUUID(), accountId: account.id };
    const sealed = this.secretStorage.sealToken({ data, replaces, input }, owner);
    const bound = { key, subtype, stamp: stampOf(account, accountState.set) };
    return { ...owner, ...bound, ...times, purpose: 'draft', sealed, misses: 0 };
  }

  private async callFactor(
    { ref, data }: Draft,
    { definition, behaviour, own }: PrimaryKind,
    proof: Proof,
    origin: Origin,
  ) {
    try {
      return await enrollmentVerdictOf(() => behaviour.finishEnrollment(data, own(proof)));
    } catch (cause) {
      const failed = new VerifierFailed(definition.kind, ref.id, cause);
      throw await this.factorFailures.problemFor(failed, { accountId: ref.accountId, origin });
    }
  }

  private async consumeStart(accountId: string, ip: string | null, now: number): Promise<void> {
    const subject = setUpStartsKey(accountId);
    if (await this.stores.attempts.consumeWindow(subject, starts.limit, starts.length, now)) return;
    const [row] = await this.stores.attempts.read([subject]);
    const until = row?.windowEnds ?? now + starts.length;
    this.factorFailures.throttled({ limit: 'set-up-starts', accountId, ip, until });
    const retryAfter = Math.ceil((until - now) / 1000);
    throw new Problem('TOO_MANY_ATTEMPTS', 'Set-up was started too often. Wait a while.', { retryAfter });
  }
}
