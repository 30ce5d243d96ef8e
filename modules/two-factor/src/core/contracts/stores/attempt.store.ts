/** A row of `two_factor_attempts`: the number of failures of one key. */
export interface AttemptCount {
  readonly subject: string;
  readonly misses: number;
  /** No answer is checked before this moment (UTC ms); 0: no wait. */
  readonly waitsUntil: number;
  /** The end of the window (UTC ms) for windowed keys; 0 for consecutive counts. */
  readonly windowEnds: number;
}

/**
 * When consecutive failures cause a wait. The wait lasts `waits[i]` ms after the (i+1)-th run of `every` failures; the
 * last value repeats.
 */
export interface WaitRule {
  readonly every: number;
  readonly waits: readonly number[];
  /** From this number of failures on, no answer is checked. */
  readonly hardStop: number;
}

/**
 * Counters of rate limits. Each is consumed outside of transactions, by one conditional statement that commits at once.
 * Inside a transaction, a rollback would undo the count. Keys that differ in case, accents or spaces are different; an
 * empty or invalid key is refused.
 */
export abstract class AttemptStore {
  /** Returns the existing rows of these keys, in one statement. */
  abstract read(subjects: readonly string[]): Promise<readonly AttemptCount[]>;

  /**
   * Counts one consecutive failure before the answer is checked; true when the key neither waits nor is stopped. The
   * failure that completes a run of `every` starts the wait in the same statement. With `below` it counts only while
   * fewer were counted.
   */
  abstract consume(subject: string, rule: WaitRule, now: number, below?: number): Promise<boolean>;

  /** Counts one failure in a window of `length` ms; true while fewer than `limit` were counted in it. */
  abstract consumeWindow(subject: string, limit: number, length: number, now: number): Promise<boolean>;

  /** Removes one failure, never below 0. A wait which that failure started ends. */
  abstract refund(subject: string, rule: WaitRule): Promise<void>;

  /**
   * Creates the row of this key with count 0, so that the first failure finds it. Can be part of a transaction; an
   * existing row stays.
   */
  abstract open(subject: string): Promise<void>;

  /** Resets count and wait to 0. Can be part of a transaction. */
  abstract clear(subject: string): Promise<void>;

  /** Ends the wait and keeps the count. */
  abstract endWait(subject: string): Promise<void>;

  /** Deletes the rows of windows that ended before `now`. */
  abstract sweep(now: number): Promise<void>;
}
