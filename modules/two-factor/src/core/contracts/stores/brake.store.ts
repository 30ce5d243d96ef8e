/** A row of `two_factor_brakes`: what an account waits for after it may have been taken over. Times are UTC ms; 0: never. */
export interface BrakeRecord {
  readonly accountId: string;
  /** The latest cause; empty where no brake was ever started. */
  readonly cause: string;
  /** The id of the event of this cause; empty as above. */
  readonly eventId: string;
  readonly startedAt: number;
  /** Dangerous actions are refused before this moment. */
  readonly until: number;
  /** The account is frozen since then; 0: it is not. */
  readonly frozenAt: number;
  /** When a recovery factor was last accepted. */
  readonly recoveryUsedAt: number;
  /** The ids of the two people who ended the wait early; null where nobody did. */
  readonly shortenedBy: string | null;
  readonly approvedBy: string | null;
}

/** One start of a brake. */
export type BrakeStart = Pick<BrakeRecord, 'cause' | 'eventId' | 'startedAt' | 'until'>;

/** The early end of a brake, by two people. */
export interface BrakeEnd {
  readonly at: number;
  readonly shortenedBy: string;
  readonly approvedBy: string;
}

/**
 * Brakes, one row for each account. They are not tokens, because a change of factors discards those. Every method can be part of a
 * transaction. An id that is missing, empty, invalid, or different in case, accents or spaces matches no row.
 */
export abstract class BrakeStore {
  /** Null where the account has no row. */
  abstract read(accountId: string): Promise<BrakeRecord | null>;

  /**
   * Starts or extends the brake, and creates the row where there is none. The end never becomes earlier. False, and no
   * change, for a start that is older than the stored one, or that has its time and event id: it was stored before.
   */
  abstract start(accountId: string, start: BrakeStart): Promise<boolean>;

  /** Compare-and-set on start and end: true for exactly one caller, while the brake runs. It ends at `end.at`. */
  abstract shorten(
    accountId: string,
    from: Pick<BrakeRecord, 'startedAt' | 'until'>,
    end: BrakeEnd,
  ): Promise<boolean>;

  /** Freezes the account at this time, and creates the row where there is none. A later time replaces an earlier one. */
  abstract freeze(accountId: string, at: number): Promise<void>;

  /** Ends a freeze that began no later than `at`; without `at`, any. */
  abstract thaw(accountId: string, at?: number): Promise<void>;

  /** Notes that a recovery factor was accepted, and creates the row where there is none. An earlier time changes nothing. */
  abstract noteRecovery(accountId: string, at: number): Promise<void>;

  /** Deletes the row. */
  abstract remove(accountId: string): Promise<void>;
}
