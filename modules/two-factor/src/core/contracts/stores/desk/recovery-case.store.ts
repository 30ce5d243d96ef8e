/**
 * The state of a recovery case. `open`: the wait runs, and agents check who asked. `approved`: agents agreed, and the wait may
 * still run. `completed`: the next right password leads to a required set-up. `cancelled`: it was stopped.
 */
export type RecoveryCaseState = 'open' | 'approved' | 'completed' | 'cancelled';

/** A row of `two_factor_recovery_cases`: the newest case of an account. */
export interface RecoveryCase {
  /** New for each case. */
  readonly id: string;
  readonly accountId: string;
  readonly state: RecoveryCaseState;
  /** Increments with every change; compare-and-set compares it. */
  readonly version: number;
  /** The account's stamp and the version of its factor set at the opening; another value ends the case. */
  readonly stamp: string;
  /** A hash of the times at which its factors were used at the opening; another value means that a factor was proved. */
  readonly uses: string;
  /** The hash of the secret in the mailed link that cancels the case. */
  readonly linkHash: string;
  /** The encrypted secret, until the mail with the link is handed over. */
  readonly sealed: string | null;
  /** JSON: the ticks of the checklist and the approvals, each with its agent and time. */
  readonly progress: string;
  /** Why it is cancelled; empty else. */
  readonly reason: string;
  /** UTC ms. */
  readonly openedAt: number;
  /** The end of the wait, UTC ms. */
  readonly waitsUntil: number;
  /** The end of the case where agents do not approve it, UTC ms; the time of the end once it has ended. */
  readonly endsAt: number;
  /** When maintenance looks at it again, UTC ms. */
  readonly dueAt: number;
}

/** The columns that a change of a case may write. */
export type RecoveryCaseChange = Partial<
  Pick<RecoveryCase, 'state' | 'sealed' | 'progress' | 'reason' | 'endsAt' | 'dueAt'>
>;

/** Recovery cases: one row for each account that ever asked. Ids that are missing, empty or invalid match no row. */
export abstract class RecoveryCaseStore {
  /**
   * Stores a new case, where the account has none or one that is completed or cancelled. True for exactly one caller.
   * @throws when a text is too long: no text is ever cut.
   */
  abstract open(opened: RecoveryCase): Promise<boolean>;

  /** Returns the newest case of an account, in any state. */
  abstract ofAccount(accountId: string): Promise<RecoveryCase | null>;

  /** Returns the case with this id, unless a newer one has replaced it. */
  abstract find(id: string): Promise<RecoveryCase | null>;

  /** Returns the cases in these states: the oldest first. */
  abstract list(states: readonly RecoveryCaseState[], limit: number): Promise<readonly RecoveryCase[]>;

  /** Returns open and approved cases at which maintenance must look: the longest due first. */
  abstract due(now: number, limit: number): Promise<readonly RecoveryCase[]>;

  /** Compare-and-set on `version`: true when the row had exactly this version, and now has the next one and the change. */
  abstract update(
    from: Pick<RecoveryCase, 'id' | 'accountId' | 'version'>,
    change: RecoveryCaseChange,
  ): Promise<boolean>;

  /** Deletes the case of an account. */
  abstract discard(accountId: string): Promise<void>;
}
