import { Injectable } from '@nestjs/common';
import { networkOf } from './address.js';
import { keptAddress } from '../common/column-text.js';
import { Clock } from '../contracts/ports/clock.js';
import type { WaitRule } from '../contracts/stores/attempt.store.js';
import { Stores } from '../contracts/stores/stores.js';
import type { TokenRef } from '../contracts/stores/token.store.js';

const MINUTE = 60_000;

/**
 * Consecutive misses of an account over all places and guessable kinds: a wait after every fifth, and a full stop at
 * 100 (NIST 800-63B-4 §3.2.2).
 */
export const accountRule: WaitRule = {
  every: 5,
  waits: [1, 5, 15, 60, 240].map((minutes) => minutes * MINUTE),
  hardStop: 100,
};

/** Misses a held login survives; with the last one it is destroyed. */
const PENDING_LOGIN_LIMIT = 5;

/** Answers of kinds that nobody can guess, at a step-up: per session. */
const stepUpWindow = { limit: 5, length: 10 * MINUTE };

/** Misses per address; looked at only behind an account's first `accountRule.every` misses. */
const addressWindows = [
  { limit: 30, length: 5 * MINUTE },
  { limit: 200, length: 60 * MINUTE },
] as const;

/** Where an answer is given: for which account, from which address, to which held login or in which session. */
export interface AttemptContext {
  readonly accountId: string;
  readonly ip: string | null;
  /** The held login that is answered; left out at a step-up. */
  readonly pending?: TokenRef;
  /** The session key; null where no password was given, so that nothing but the address can be charged. */
  readonly key: string | null;
}

/**
 * May this answer be looked at? `until` (UTC ms): not before; null: the account's guessable kinds are shut. `ended`: the
 * held login is no more.
 */
export type ConsumeResult =
  | { readonly charged: true }
  | { readonly charged: false; readonly until: number | null; readonly ended?: boolean };

/** What a miss led to. */
export interface FailureResult {
  /** The held login is used up. */
  readonly spent: boolean;
  /** This miss began a wait: how many misses by now, and until when. */
  readonly locked?: { readonly misses: number; readonly until: number };
}

/** The budgets of wrong answers: charged before an answer is looked at, each by one statement of its own. */
@Injectable()
export class RateLimits {
  constructor(
    private readonly stores: Stores,
    private readonly clock: Clock,
  ) {}

  /** Charges the budget that fits: the account's for what can be guessed, else the held login's or the session's. */
  consume(guessable: boolean, place: AttemptContext): Promise<ConsumeResult> {
    return guessable ? this.consumeAccount(place) : this.consumeChallenge(place);
  }

  /** A right code already used, or a verifier that failed: as if nothing had been asked. */
  async refund(guessable: boolean, place: AttemptContext): Promise<void> {
    if (guessable) await this.stores.attempts.refund(accountKey(place.accountId), accountRule);
    else if (place.pending) await this.stores.tokens.refundMiss(place.pending);
    else if (place.key !== null) await this.stores.attempts.refund(stepUpKey(place.key), accountRule);
  }

  /** Charges what only misses are charged for: the address, and the held login of a guessable kind. */
  async recordFailure(guessable: boolean, place: AttemptContext): Promise<FailureResult> {
    const now = this.clock.now();
    await this.consumeAddress(place, now);
    if (guessable && place.pending)
      await this.stores.tokens.countMiss(place.pending, PENDING_LOGIN_LIMIT, now);
    return {
      spent: await this.expirePendingLogin(place, now),
      locked: guessable ? await this.lockedBy(place, now) : undefined,
    };
  }

  private async consumeAccount(place: AttemptContext): Promise<ConsumeResult> {
    const now = this.clock.now();
    const subject = accountKey(place.accountId);
    // Addresses do not matter to an account's first misses: nearly every answer is charged by this one statement.
    if (await this.stores.attempts.consume(subject, accountRule, now, accountRule.every))
      return { charged: true };
    const shut = await this.blockedUntil(place.ip, now);
    if (shut !== null) return { charged: false, until: shut };
    if (await this.stores.attempts.consume(subject, accountRule, now)) return { charged: true };
    return { charged: false, until: await this.windowEnd(subject, now) };
  }

  private async consumeChallenge({ pending, key, ip }: AttemptContext): Promise<ConsumeResult> {
    const now = this.clock.now();
    if (pending) return this.consumePendingLogin(pending, now);
    if (key === null) {
      // Not charged but by misses.
      const shut = await this.blockedUntil(ip, now);
      return shut === null ? { charged: true } : { charged: false, until: shut };
    }
    const { limit, length } = stepUpWindow;
    const subject = stepUpKey(key);
    if (await this.stores.attempts.consumeWindow(subject, limit, length, now)) return { charged: true };
    const [row] = await this.stores.attempts.read([subject]);
    return { charged: false, until: row?.windowEnds ?? now + length };
  }

  private async consumePendingLogin(pending: TokenRef, now: number): Promise<ConsumeResult> {
    if (await this.stores.tokens.countMiss(pending, PENDING_LOGIN_LIMIT, now)) return { charged: true };
    const living = await this.stores.tokens.find(pending, now);
    return { charged: false, until: now + MINUTE, ended: living === null };
  }

  /** Until when the address is shut (UTC ms), by the one of its full windows that ends last; null: it is not. */
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
    if (token && token.misses < PENDING_LOGIN_LIMIT) return false;
    await this.stores.tokens.consume(pending, now);
    return true;
  }

  private async lockedBy({ accountId }: AttemptContext, now: number): Promise<FailureResult['locked']> {
    const [row] = await this.stores.attempts.read([accountKey(accountId)]);
    return row && row.waitsUntil > now ? { misses: row.misses, until: row.waitsUntil } : undefined;
  }
}

/** The row that counts an account's consecutive misses. */
export function accountKey(accountId: string): string {
  return `account:${accountId}`;
}

/** The row that counts what was tried at the step-ups of one session. */
export function stepUpKey(key: string): string {
  return `step-up:${key}`;
}

/** The rows that count an address's misses, and how many each may. Nobody is refused for an address that is not known. */
function windowsOf(ip: string | null) {
  if (ip === null) return [];
  const network = keptAddress(networkOf(ip));
  return addressWindows.map((window) => ({
    ...window,
    subject: `address:${network}:${window.length / MINUTE}`,
  }));
}
