/** A row of `two_factor_attempts`: how often somebody guessed wrong. */
export interface AttemptCount {
  readonly subject: string;
  readonly misses: number;
  /** No answer is looked at before this moment (UTC ms); 0: no wait. */
  readonly waitsUntil: number;
  /** The counting window's end (UTC ms) for windowed subjects; 0 for consecutive counts. */
  readonly windowEnds: number;
}

/** When consecutive misses make somebody wait: `waits[i]` ms after the (i+1)-th run of `every` misses; the last repeats. */
export interface WaitRule {
  readonly every: number;
  readonly waits: readonly number[];
  /** From this many misses on, nothing is looked at any more. */
  readonly hardStop: number;
}

/**
 * Counters. Charged outside of any unit of work, each by one auto-committed conditional statement: inside, a charge
 * would vanish with a rollback. A subject spelt otherwise (case, accents, spaces) is another one, an empty or odd one is
 * refused.
 */
export abstract class AttemptStore {
  /** The rows there are, of these subjects; one statement. */
  abstract read(subjects: readonly string[]): Promise<readonly AttemptCount[]>;

  /**
   * Charges one consecutive miss ahead of the look: true when the subject neither waits nor is stopped. The charge that
   * completes a run of `every` starts the wait in the same statement. With `below`, only while fewer were counted.
   */
  abstract consume(subject: string, rule: WaitRule, now: number, below?: number): Promise<boolean>;

  /** Charges one within a window of `length` ms: true while fewer than `limit` were charged in it. */
  abstract consumeWindow(subject: string, limit: number, length: number, now: number): Promise<boolean>;

  /** Gives one charge back, never below 0; a wait which that charge began ends. */
  abstract refund(subject: string, rule: WaitRule): Promise<void>;

  /** Makes the subject's row, at nothing, so that its first charge finds it. May be part of a unit; a row there is stays. */
  abstract open(subject: string): Promise<void>;

  /** Count and wait to nothing. May be part of a unit. */
  abstract clear(subject: string): Promise<void>;

  /** Ends the wait, keeps the count. */
  abstract endWait(subject: string): Promise<void>;

  /** Deletes windowed rows whose window ended before `now`. */
  abstract sweep(now: number): Promise<void>;
}
