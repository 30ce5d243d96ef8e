import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { accountRule, accountSubject } from './attempts.js';
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
export type Postage =
  | { readonly paid: true; readonly places: readonly string[] }
  | { readonly paid: false; readonly until: number }
  | { readonly paid: false; readonly shut: true; readonly until: number | null };

/** Whose budget a message takes a place in. */
export interface Payer {
  readonly accountId: string;
  /** The channel and the destination, where several accounts can name the same one. */
  readonly destination?: string;
}

/**
 * The budget of messages with codes: an account's, over all places and kinds; and a destination's, over all accounts. Each place is
 * taken by one statement.
 */
@Injectable()
export class SendingLimits {
  constructor(
    private readonly stores: Stores,
    private readonly clock: Clock,
  ) {}

  /** Takes a place in each row. Of several at once exactly one does: the first row has a single place. */
  async charge(payer: Payer): Promise<Postage> {
    const now = this.clock.now();
    const counts = await this.read(payer);
    const shut = shutUntil(counts, payer.accountId, now);
    if (shut !== 0) return { paid: false, shut: true, until: shut };
    const until = freeAgain(counts, payer, now);
    if (until > now) return { paid: false, until };
    const places: string[] = [];
    for (const row of rowsOf(payer)) {
      const place = await this.take(row.subjects, row.length, now);
      if (place === undefined) {
        await this.giveBack(places);
        return { paid: false, until: now + MINUTE };
      }
      places.push(place);
    }
    return { paid: true, places };
  }

  /** Nothing was sent after all; it stays a minute before the next try. */
  async giveBack(places: readonly string[]): Promise<void> {
    for (const place of places)
      if (!ofAMinute.test(place)) await this.stores.attempts.giveBack(place, accountRule);
  }

  /** When the next message may be asked for, UTC ms; null: now. */
  async nextAt(payer: Payer): Promise<number | null> {
    const now = this.clock.now();
    const until = freeAgain(await this.read(payer), payer, now);
    return until > now ? until : null;
  }

  private read(payer: Payer): Promise<readonly AttemptCount[]> {
    const places = rowsOf(payer).flatMap(({ subjects }) => subjects);
    return this.stores.attempts.read([accountSubject(payer.accountId), ...places]);
  }

  private async take(places: readonly string[], length: number, now: number): Promise<string | undefined> {
    for (const place of places)
      if (await this.stores.attempts.chargeWindow(place, 1, length, now)) return place;
    return undefined;
  }
}

/** One row of places: of the account, or of the destination. */
interface Row {
  readonly length: number;
  readonly subjects: readonly string[];
}

/** The rows that a message takes a place in. Those of a minute come first: their single place decides between several at once. */
function rowsOf({ accountId, destination }: Payer): Row[] {
  return rows.flatMap((row) => [
    subjectsOf(row, 'mailed', accountId),
    ...(destination === undefined ? [] : [subjectsOf(row, 'sent-to', bucketOf(destination))]),
  ]);
}

function subjectsOf({ name, places, length }: (typeof rows)[number], front: string, whose: string): Row {
  return {
    length,
    subjects: Array.from({ length: places }, (_, place) => `${front}:${name}${place}:${whose}`),
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
function freeAgain(counts: readonly AttemptCount[], payer: Payer, now: number): number {
  const ends = new Map(counts.map((count) => [count.subject, count.misses > 0 ? count.windowEnds : 0]));
  const soonest = rowsOf(payer).map(({ subjects }) => {
    return Math.min(...subjects.map((place) => ends.get(place) ?? 0));
  });
  return Math.max(now, ...soonest);
}

/** 0: the account waits for nothing. */
function shutUntil(counts: readonly AttemptCount[], accountId: string, now: number): number | null {
  const own = counts.find(({ subject }) => subject === accountSubject(accountId));
  if (!own) return 0;
  if (own.misses >= accountRule.hardStop) return null;
  return own.waitsUntil > now ? own.waitsUntil : 0;
}
