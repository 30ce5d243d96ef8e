import { Injectable } from '@nestjs/common';
import { accountRule, accountSubject } from './attempts.js';
import { Clock } from '../contracts/ports/clock.js';
import type { AttemptCount } from '../contracts/stores/attempt.store.js';
import { Stores } from '../contracts/stores/stores.js';

const MINUTE = 60_000;

/**
 * How many mails with a code an account gets, in any hour and any day. Each place of a row holds one mail for `length` ms, so no
 * stretch of that length, wherever it begins, has more than `places`.
 */
const rows = [
  { name: 'apart', places: 1, length: MINUTE },
  { name: 'hour', places: 5, length: 60 * MINUTE },
  { name: 'day', places: 10, length: 24 * 60 * MINUTE },
] as const;

/**
 * May a mail be sent? `until` (UTC ms): not before. `shut`: nothing could be answered with it before then, because of wrong answers;
 * null: not before something else clears them.
 */
export type Postage =
  | { readonly paid: true; readonly places: readonly string[] }
  | { readonly paid: false; readonly until: number }
  | { readonly paid: false; readonly shut: true; readonly until: number | null };

/** The budget of mails with codes: an account's, over all places and kinds. Each place is taken by one statement. */
@Injectable()
export class SendingLimits {
  constructor(
    private readonly stores: Stores,
    private readonly clock: Clock,
  ) {}

  /** Takes a place in each row. Of several at once exactly one does: the first row has a single place. */
  async charge(accountId: string): Promise<Postage> {
    const now = this.clock.now();
    const counts = await this.read(accountId);
    const shut = shutUntil(counts, accountId, now);
    if (shut !== 0) return { paid: false, shut: true, until: shut };
    const until = freeAgain(counts, accountId, now);
    if (until > now) return { paid: false, until };
    const places: string[] = [];
    for (const row of rows) {
      const place = await this.take(subjectsOf(row, accountId), row.length, now);
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
    for (const place of places.slice(1)) await this.stores.attempts.giveBack(place, accountRule);
  }

  /** When the next mail may be asked for, UTC ms; null: now. */
  async nextAt(accountId: string): Promise<number | null> {
    const now = this.clock.now();
    const until = freeAgain(await this.read(accountId), accountId, now);
    return until > now ? until : null;
  }

  private read(accountId: string): Promise<readonly AttemptCount[]> {
    const places = rows.flatMap((row) => subjectsOf(row, accountId));
    return this.stores.attempts.read([accountSubject(accountId), ...places]);
  }

  private async take(places: readonly string[], length: number, now: number): Promise<string | undefined> {
    for (const place of places)
      if (await this.stores.attempts.chargeWindow(place, 1, length, now)) return place;
    return undefined;
  }
}

function subjectsOf({ name, places }: (typeof rows)[number], accountId: string): string[] {
  return Array.from({ length: places }, (_, place) => `mailed:${name}${place}:${accountId}`);
}

/** When each row has a free place; not later than `now`: it has one. */
function freeAgain(counts: readonly AttemptCount[], accountId: string, now: number): number {
  const ends = new Map(counts.map((count) => [count.subject, count.misses > 0 ? count.windowEnds : 0]));
  const soonest = rows.map((row) => {
    return Math.min(...subjectsOf(row, accountId).map((place) => ends.get(place) ?? 0));
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
