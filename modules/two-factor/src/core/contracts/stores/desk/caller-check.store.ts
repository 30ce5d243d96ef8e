/** The state of a caller check: waiting for the customer, confirmed, or "I am not on the phone with anybody". */
export type CallerCheckState = 'open' | 'verified' | 'denied';

/** A row of `two_factor_caller_checks`: the newest check of one agent for one account. */
export interface CallerCheck {
  readonly id: string;
  readonly accountId: string;
  readonly agentId: string;
  /** The agent's name, as the customer sees it. */
  readonly agentName: string;
  /** The words that the agent reads out, separated by spaces. They are no secret. */
  readonly words: string;
  readonly state: CallerCheckState;
  /** The kind of the factor that confirmed it; `signed-in` for a person without a factor; empty until then. */
  readonly proof: string;
  /** UTC ms. */
  readonly createdAt: number;
  /** The end of its state, UTC ms: of the time to confirm, of the confirmation, or of the warning to staff. */
  readonly expiresAt: number;
}

/** The change of an open check. */
export type CallerCheckAnswer = Pick<CallerCheck, 'state' | 'proof' | 'expiresAt'>;

/** Caller checks. They do not depend on the set of factors, so a change of factors leaves them alone. */
export abstract class CallerCheckStore {
  /**
   * Stores a check in place of the agent's earlier one for this account, in whatever state that is.
   * @throws when a text is too long: no text is ever cut.
   */
  abstract start(check: CallerCheck): Promise<void>;

  /** Returns the checks of the account, the newest first. */
  abstract list(accountId: string): Promise<readonly CallerCheck[]>;

  /** Answers an open check; true for exactly one caller, and only before its end. */
  abstract answer(
    check: Pick<CallerCheck, 'id' | 'accountId'>,
    answer: CallerCheckAnswer,
    now: number,
  ): Promise<boolean>;

  /** Deletes all checks of an account. */
  abstract discard(accountId: string): Promise<void>;

  /** Deletes the checks that ended before `now`. */
  abstract sweep(now: number): Promise<void>;
}
