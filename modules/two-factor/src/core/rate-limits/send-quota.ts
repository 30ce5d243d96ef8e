import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { twoFactorLimits } from './limits.js';
import { accountKey } from './rate-limits.js';
import { Clock } from '../contracts/ports/clock.js';
import type { AttemptCount } from '../contracts/stores/attempt.store.js';
import { Stores } from '../contracts/stores/stores.js';

const MINUTE = 60_000;

const [apart, hour, day] = twoFactorLimits.messages;

/**
 * The maximum number of messages with a code in any hour and any day. Each slot holds one message for `length` ms.
 * Therefore no period of that length, whenever it begins, has more than `limit` messages.
 */
const rows = [
  { ...apart, name: 'apart' },
  { ...hour, name: 'hour' },
  { ...day, name: 'day' },
] as const;

/** A slot in a row of one minute. */
const ofAMinute = /^[a-z-]+:apart/;

/**
 * Whether a message may be sent. `until` (UTC ms): not before. `shut`: its code could not be used before then, because
 * of wrong answers; null: not before the block is removed.
 */
export type QuotaResult =
  | { readonly allowed: true; readonly places: readonly string[] }
  | { readonly allowed: false; readonly until: number }
  | { readonly allowed: false; readonly shut: true; readonly until: number | null };

/** The account and the destination that a message is counted for. */
export interface QuotaOwner {
  readonly accountId: string;
  /** The channel and the destination, where several accounts can name the same one. */
  readonly destination?: string;
}

/**
 * The quota of messages with codes: for an account in all flows and kinds, and for a destination over all accounts.
 * Each slot is consumed by one statement.
 */
@Injectable()
export class SendQuota {
  constructor(
    private readonly stores: Stores,
    private readonly clock: Clock,
  ) {}

  /**
   * Consumes a slot in each row. Only one of several concurrent requests succeeds, because the first row has a single
   * slot.
   */
  async consume(payer: QuotaOwner): Promise<QuotaResult> {
    const now = this.clock.now();
    const counts = await this.read(payer);
    const shut = blockedUntil(counts, payer.accountId, now);
    if (shut !== 0) return { allowed: false, shut: true, until: shut };
    const until = freeAgain(counts, payer, now);
    if (until > now) return { allowed: false, until };
    const places: string[] = [];
    for (const row of rowsOf(payer)) {
      const place = await this.take(row.subjects, row.length, now);
      if (place === undefined) {
        await this.refund(places);
        return { allowed: false, until: now + MINUTE };
      }
      places.push(place);
    }
    return { allowed: true, places };
  }

  /** Returns the slots of a message that was not sent, except those of a minute: the next message waits for that. */
  async refund(places: readonly string[]): Promise<void> {
    for (const place of places)
      if (!ofAMinute.test(place)) await this.stores.attempts.refund(place, twoFactorLimits.account);
  }

  /** When the next message may be requested, UTC ms; null: now. */
  async nextAt(payer: QuotaOwner): Promise<number | null> {
    const now = this.clock.now();
    const until = freeAgain(await this.read(payer), payer, now);
    return until > now ? until : null;
  }

  private read(payer: QuotaOwner): Promise<readonly AttemptCount[]> {
    const places = rowsOf(payer).flatMap(({ subjects }) => subjects);
    return this.stores.attempts.read([accountKey(payer.accountId), ...places]);
  }

  private async take(places: readonly string[], length: number, now: number): Promise<string | undefined> {
    for (const place of places)
      if (await this.stores.attempts.consumeWindow(place, 1, length, now)) return place;
    return undefined;
  }
}

/** One row of slots, of the account or of the destination. */
interface Row {
  readonly length: number;
  readonly subjects: readonly string[];
}

/**
 * The rows in which a message needs a slot. The rows of a minute come first: their single slot decides between
 * concurrent requests.
 */
function rowsOf({ accountId, destination }: QuotaOwner): Row[] {
  return rows.flatMap((row) => [
    keysOf(row, 'mailed', accountId),
    ...(destination === undefined ? [] : [keysOf(row, 'sent-to', bucketOf(destination))]),
  ]);
}

function keysOf({ name, limit, length }: (typeof rows)[number], prefix: string, whose: string): Row {
  return {
    length,
    subjects: Array.from({ length: limit }, (_, place) => `${prefix}:${name}${place}:${whose}`),
  };
}

/**
 * The key of a destination: one of 2^24 buckets. There are few phone numbers, so a reader of the table could find the
 * number behind a whole hash by trying all of them. A bucket contains hundreds of numbers, and few of them get a
 * message on the same day.
 */
function bucketOf(destination: string): string {
  return createHash('sha256').update(destination).digest('hex').slice(0, 6);
}

/** When each row has a free slot. A value not later than `now` means that it has one now. */
function freeAgain(counts: readonly AttemptCount[], payer: QuotaOwner, now: number): number {
  const ends = new Map(counts.map((count) => [count.subject, count.misses > 0 ? count.windowEnds : 0]));
  const soonest = rowsOf(payer).map(({ subjects }) => {
    return Math.min(...subjects.map((place) => ends.get(place) ?? 0));
  });
  return Math.max(now, ...soonest);
}

/** 0: the account has no wait. */
function blockedUntil(counts: readonly AttemptCount[], accountId: string, now: number): number | null {
  const own = counts.find(({ subject }) => subject === accountKey(accountId));
  if (!own) return 0;
  if (own.misses >= twoFactorLimits.account.hardStop) return null;
  return own.waitsUntil > now ? own.waitsUntil : 0;
}
