import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { accountRule, accountKey } from './rate-limits.js';
import { Clock } from '../contracts/ports/clock.js';
import type { AttemptCount } from '../contracts/stores/attempt.store.js';
import { Stores } from '../contracts/stores/stores.js';

const MINUTE = 60_000;

/**
 * How many messages with a code an account gets, in any hour and any day. Each place of a row holds one message for `length` ms, so no
 * stretch of that length, wherever it begins, has more than `places`.
 */
const rows = [
  { name: 'apart', places: 1, length: MINUTE },
  { name: 'hour', places: 5, length: 60 * MINUTE },
  { name: 'day', places: 10, length: 24 * 60 * MINUTE },
] as const;

/** A place in a row of a minute. */
const ofAMinute = /^[a-z-]+:apart/;

/**
 * May a message be sent? `until` (UTC ms): not before. `shut`: nothing could be answered with it before then, because of wrong answers;
 * null: not before something else clears them.
 */
export type QuotaResult =
  | { readonly allowed: true; readonly places: readonly string[] }
  | { readonly allowed: false; readonly until: number }
  | { readonly allowed: false; readonly shut: true; readonly until: number | null };

/** Whose budget a message takes a place in. */
export interface QuotaOwner {
  readonly accountId: string;
  /** The channel and the destination, where several accounts can name the same one. */
  readonly destination?: string;
}

/**
 * The budget of messages with codes: an account's, over all places and kinds; and a destination's, over all accounts. Each place is
 * taken by one statement.
 */
@Injectable()
export class SendQuota {
  constructor(
    private readonly stores: Stores,
    private readonly clock: Clock,
  ) {}

  /** Takes a place in each row. Of several at once exactly one does: the first row has a single place. */
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

  /** Nothing was sent after all; it stays a minute before the next try. */
  async refund(places: readonly string[]): Promise<void> {
    for (const place of places)
      if (!ofAMinute.test(place)) await this.stores.attempts.refund(place, accountRule);
  }

  /** When the next message may be asked for, UTC ms; null: now. */
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

/** One row of places: of the account, or of the destination. */
interface Row {
  readonly length: number;
  readonly subjects: readonly string[];
}

/** The rows that a message takes a place in. Those of a minute come first: their single place decides between several at once. */
function rowsOf({ accountId, destination }: QuotaOwner): Row[] {
  return rows.flatMap((row) => [
    keysOf(row, 'mailed', accountId),
    ...(destination === undefined ? [] : [keysOf(row, 'sent-to', bucketOf(destination))]),
  ]);
}

function keysOf({ name, places, length }: (typeof rows)[number], prefix: string, whose: string): Row {
  return {
    length,
    subjects: Array.from({ length: places }, (_, place) => `${prefix}:${name}${place}:${whose}`),
  };
}

/**
 * A destination as it is counted: one of 2^24 buckets. A whole hash would give a phone number away to whoever reads the table, as
 * there are few enough numbers to try them all; a bucket holds hundreds of numbers of any country, and one day's traffic shares few.
 */
function bucketOf(destination: string): string {
  return createHash('sha256').update(destination).digest('hex').slice(0, 6);
}

/** When each row has a free place; not later than `now`: it has one. */
function freeAgain(counts: readonly AttemptCount[], payer: QuotaOwner, now: number): number {
  const ends = new Map(counts.map((count) => [count.subject, count.misses > 0 ? count.windowEnds : 0]));
  const soonest = rowsOf(payer).map(({ subjects }) => {
    return Math.min(...subjects.map((place) => ends.get(place) ?? 0));
  });
  return Math.max(now, ...soonest);
}

/** 0: the account waits for nothing. */
function blockedUntil(counts: readonly AttemptCount[], accountId: string, now: number): number | null {
  const own = counts.find(({ subject }) => subject === accountKey(accountId));
  if (!own) return 0;
  if (own.misses >= accountRule.hardStop) return null;
  return own.waitsUntil > now ? own.waitsUntil : 0;
}
