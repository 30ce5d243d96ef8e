import { Injectable } from '@nestjs/common';
import { twoFactorLimits } from '../../rate-limits/limits.js';
import { setUpStartsKey } from '../../rate-limits/rate-limits.js';
import { CodeSender, type Sent } from '../../challenges/code-sender.js';
import type { Sending } from '../../challenges/code-delivery.js';
import { Problem, VerifierFailed } from '../../common/errors.js';
import type { EnrollmentVerdict, Proof } from '../../contracts/factor.js';
import type { PrimaryKind } from '../../accounts/factor-registry.js';
import type { Origin } from '../../common/origin.js';
import { Clock } from '../../contracts/ports/clock.js';
import { Stores } from '../../contracts/stores/stores.js';
import type { TokenRef } from '../../contracts/stores/token.store.js';
import { FactorFailures } from '../../verification/factor-failures.js';
import { enrollmentVerdictOf } from '../../verification/verdict.js';
import { DraftTokens, type Draft, type EnrollmentSubject, type NewDraft } from './draft-tokens.js';

const MINUTE = 60_000;
/** The default time limit of a set-up. */
const LIFETIME = 15 * MINUTE;
const TRIES = twoFactorLimits['set-up-answers'].limit;
const starts = twoFactorLimits['set-up-starts'];

/** The result of a start. */
export type DraftStart = Sent | { readonly status: 'begun' };

/** Drafts: encrypted tokens, bound to the session and to the state of the account. */
@Injectable()
export class Drafts {
  constructor(
    private readonly stores: Stores,
    private readonly draftTokens: DraftTokens,
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
    const token = this.draftTokens.create(who, kind, begun, { createdAt: now, expiresAt: now + lives });
    const keep = ({ tokens }: Pick<Stores, 'tokens'>) => tokens.insert(token);
    if (behaviour.delivery) {
      // The send quota limits these starts, and it is smaller.
      const { account } = who;
      const { channel } = behaviour.delivery;
      const destination = channel.destination(account, begun.data);
      const request = { account, kind, channel, destination, use: 'set-up', lives, origin } as const;
      return this.codeSender.send({ ...request, letter: behaviour.delivery.message(begun.data) }, keep);
    }
    await this.consumeStart(who.account.id, origin.ip, now);
    await keep(this.stores);
    await this.draftTokens.removeOthers(token, begun);
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
  find(who: EnrollmentSubject, kind: string): Promise<Draft | null> {
    return this.draftTokens.find(who, kind);
  }

  /** Whether this session has a draft for the same set-up. */
  async has(who: EnrollmentSubject, kind: string, wanted: Omit<NewDraft, 'data'>): Promise<boolean> {
    return this.draftTokens.has(who, kind, wanted);
  }

  /** Why this session has no draft of this kind: too many wrong answers, or another reason. */
  endOf(who: EnrollmentSubject, kind: string): Promise<'tries' | 'time'> {
    return this.draftTokens.endOf(who, kind);
  }

  /**
   * Verifies a proof of the new factor. It counts as an attempt where it is readable and belongs to this draft.
   * @throws Problem CONFLICT when the draft has no attempt left; UNAVAILABLE when the proof could not be verified.
   */
  async verify(draft: Draft, kind: PrimaryKind, proof: Proof, origin: Origin): Promise<EnrollmentVerdict> {
    const enrolled = await this.callFactor(draft, kind, proof, origin);
    if (!enrolled.ok && enrolled.reason !== 'wrong') return enrolled;
    const isCounted = await this.stores.tokens.countMiss(draft.ref, TRIES, this.clock.now());
    if (isCounted ? !enrolled.ok && draft.misses + 1 >= TRIES : await this.isUsedUp(draft.ref))
      this.logEnd(draft.ref, origin);
    if (isCounted) return enrolled;
    throw new Problem('CONFLICT', 'Too many tries. Start the set-up again.');
  }

  /** False when another request has completed or replaced the set-up meanwhile. */
  private async isUsedUp(ref: TokenRef): Promise<boolean> {
    return (await this.stores.tokens.find(ref, this.clock.now())) !== null;
  }

  /** No further answer to this set-up is checked. */
  private logEnd({ accountId }: TokenRef, { ip }: Origin): void {
    this.factorFailures.throttled({ limit: 'set-up-answers', accountId, ip, until: null });
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
