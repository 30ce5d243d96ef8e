/** A row of `two_factor_check_ups`: what is known about one factor from "Does it still work?". Times are UTC ms. */
export interface CheckUp {
  readonly factorId: string;
  readonly accountId: string;
  /** The last check that the factor passed. */
  readonly passedAt: number | null;
  /** The last check that failed. */
  readonly failedAt: number | null;
  /** The owner is not asked before. */
  readonly laterAt: number | null;
}

/** The results of check-ups, beside the factors: the rows of factors stay as they are. */
export abstract class CheckUpStore {
  /** Returns the results of the account's factors. Some of these factors may no longer exist. */
  abstract list(accountId: string): Promise<readonly CheckUp[]>;

  /** Stores the given times of a factor; the others stay. */
  abstract record(
    factor: Pick<CheckUp, 'factorId' | 'accountId'>,
    times: Partial<Pick<CheckUp, 'passedAt' | 'failedAt' | 'laterAt'>>,
  ): Promise<void>;

  /** Deletes the results of all factors of the account except these. */
  abstract discard(accountId: string, except: readonly string[]): Promise<void>;
}
