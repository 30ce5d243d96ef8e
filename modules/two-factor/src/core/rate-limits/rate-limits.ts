import { Injectable } from '@nestjs/common';
import { networkOf } from './address.js';
import { keptAddress } from '../common/column-text.js';
import { Clock } from '../contracts/ports/clock.js';
import { Stores } from '../contracts/stores/stores.js';
import type { TokenRef } from '../contracts/stores/token.store.js';
import { twoFactorLimits, type LimitName } from './limits.js';
import { SecurityLog } from './security-log.js';

const MINUTE = 60_000;

const { account: accountRule, 'pending-login': pendingLoginLimit, 'step-up': stepUpWindow } = twoFactorLimits;

/** The context of an answer: its account and address, and its pending login or session. */
export interface AttemptContext {
  readonly accountId: string;
  readonly ip: string | null;
  /** The pending login that is answered; absent at a step-up. */
  readonly pending?: TokenRef;
  /** The session key; null where no password was given. Then only the address is counted. */
  readonly key: string | null;
  /** Where nothing depends on the answer: a short code is checked only while fewer wrong ones in a row are counted. */
  readonly below?: number;
}

/**
 * Whether this answer may be checked. `until` (UTC ms): not before; null: the account's guessable kinds are blocked.
 * `ended`: the pending login no longer exists.
 */
export type ConsumeResult =
  | { readonly charged: true }
  | { readonly charged: false; readonly until: number | null; readonly ended?: boolean };

/** The consequences of a failure. */
export interface FailureResult {
  /** The pending login has ended. */
  readonly spent: boolean;
  /** This failure started a wait: the number of failures so far, and the end of the wait. */
  readonly locked?: { readonly misses: number; readonly until: number };
}

/** The limits of wrong answers. They are counted before an answer is checked, each by one statement of its own. */
@Injectable()
export class RateLimits {
  constructor(
    private readonly stores: Stores,
    private readonly clock: Clock,
    private readonly securityLog: SecurityLog,
  ) {}

  /** Counts an answer: for the account where it could be guessed, else for the pending login or the session. */
  consume(guessable: boolean, place: AttemptContext): Promise<ConsumeResult> {
    return guessable ? this.consumeAccount(place) : this.consumeChallenge(place);
  }

  /** Removes the count of a code that was already used, or of a verifier that threw. */
  async refund(guessable: boolean, place: AttemptContext): Promise<void> {
    if (guessable) await this.stores.attempts.refund(accountKey(place.accountId), accountRule);
    else if (place.pending) await this.stores.tokens.refundMiss(place.pending);
    else if (place.key !== null) await this.stores.attempts.refund(stepUpKey(place.key), accountRule);
  }

  /** Counts a failure for the address, and for the pending login of a guessable kind. */
  async recordFailure(guessable: boolean, place: AttemptContext): Promise<FailureResult> {
    const now = this.clock.now();
    await this.consumeAddress(place, now);
    if (guessable && place.pending)
      await this.stores.tokens.countMiss(place.pending, pendingLoginLimit.limit, now);
    const spent = await this.expirePendingLogin(place, now);
    if (spent) this.refuse('pending-login', place, null);
    return {
      spent,
      locked: guessable ? await this.lockedBy(place, now) : undefined,
    };
  }

  private async consumeAccount(place: AttemptContext): Promise<ConsumeResult> {
    const now = this.clock.now();
    const subject = accountKey(place.accountId);
    if (place.below !== undefined) {
      if (await this.stores.attempts.consume(subject, accountRule, now, place.below))
        return { charged: true };
      return this.refuse('check-up', place, null);
    }
    // The address does not matter for an account's first failures, so this one statement counts nearly every answer.
    if (await this.stores.attempts.consume(subject, accountRule, now, accountRule.every))
      return { charged: true };
    const shut = await this.blockedUntil(place.ip, now);
    if (shut !== null) return this.refuse('address', place, shut);
    if (await this.stores.attempts.consume(subject, accountRule, now)) return { charged: true };
    return this.refuse('account', place, await this.windowEnd(subject, now));
  }

  private async consumeChallenge(place: AttemptContext): Promise<ConsumeResult> {
    const now = this.clock.now();
    const { pending, key, ip } = place;
    if (pending) return this.consumePendingLogin(place, pending, now);
    if (key === null) {
      // Without a session only wrong answers are counted.
      const shut = await this.blockedUntil(ip, now);
      return shut === null ? { charged: true } : this.refuse('address', place, shut);
    }
    const { limit, length } = stepUpWindow;
    const subject = stepUpKey(key);
    if (await this.stores.attempts.consumeWindow(subject, limit, length, now)) return { charged: true };
    const [row] = await this.stores.attempts.read([subject]);
    return this.refuse('step-up', place, row?.windowEnds ?? now + length);
  }

  private async consumePendingLogin(
    place: AttemptContext,
    pending: TokenRef,
    now: number,
  ): Promise<ConsumeResult> {
    if (await this.stores.tokens.countMiss(pending, pendingLoginLimit.limit, now)) return { charged: true };
    const living = await this.stores.tokens.find(pending, now);
    return { ...this.refuse('pending-login', place, now + MINUTE), ended: living === null };
  }

  /** The answer is not checked. One log line says so. */
  private refuse(limit: LimitName, { accountId, ip }: AttemptContext, until: number | null) {
    this.securityLog.throttled({ limit, accountId, ip, until });
    return { charged: false, until } as const;
  }

  /**
   * When the address is no longer blocked (UTC ms): the latest end of its full windows; null where it is not blocked.
   */
  private async blockedUntil(ip: string | null, now: number): Promise<number | null> {
    const limits = new Map(windowsOf(ip).map(({ subject, limit }) => [subject, limit]));
    const rows = await this.stores.attempts.read([...limits.keys()]);
    const ends = rows
      .filter(({ subject, misses }) => misses >= (limits.get(subject) ?? Infinity))
      .map(({ windowEnds }) => windowEnds);
    const until = Math.max(now, ...ends);
    return until > now ? until : null;
  }

  private async windowEnd(subject: string, now: number): Promise<number | null> {
    const [row] = await this.stores.attempts.read([subject]);
    if (row && row.misses >= accountRule.hardStop) return null;
    return Math.max(row?.waitsUntil ?? 0, now + 1000);
  }

  private async consumeAddress({ ip }: AttemptContext, now: number): Promise<void> {
    for (const { subject, limit, length } of windowsOf(ip))
      await this.stores.attempts.consumeWindow(subject, limit, length, now);
  }

  private async expirePendingLogin({ pending }: AttemptContext, now: number): Promise<boolean> {
    if (!pending) return false;
    const token = await this.stores.tokens.find(pending, now);
    if (token && token.misses < pendingLoginLimit.limit) return false;
    await this.stores.tokens.consume(pending, now);
    return true;
  }

  private async lockedBy({ accountId }: AttemptContext, now: number): Promise<FailureResult['locked']> {
    const [row] = await this.stores.attempts.read([accountKey(accountId)]);
    return row && row.waitsUntil > now ? { misses: row.misses, until: row.waitsUntil } : undefined;
  }
}

/** The key of the row that counts an account's consecutive failures. */
export function accountKey(accountId: string): string {
  return `account:${accountId}`;
}

/** The key of the row that counts the answers in the step-ups of one session. */
export function stepUpKey(key: string): string {
  return `step-up:${key}`;
}

/** The key of the row that counts the set-ups that an account started. */
export function setUpStartsKey(accountId: string): string {
  return `drafts:${accountId}`;
}

/** The rows that count an address's failures, with their limits. An unknown address has no limit. */
function windowsOf(ip: string | null) {
  if (ip === null) return [];
  const network = keptAddress(networkOf(ip));
  return twoFactorLimits.address.map((window) => ({
    ...window,
    subject: `address:${network}:${window.length / MINUTE}`,
  }));
}
