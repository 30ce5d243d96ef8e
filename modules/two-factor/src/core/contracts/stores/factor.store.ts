/** A row of `two_factor_factors`: a factor that works. */
export interface StoredFactor {
  readonly id: string;
  readonly accountId: string;
  readonly kind: string;
  readonly label: string;
  readonly sealed: string;
  /** Increments with every change of `sealed`; compare-and-set compares it. */
  readonly version: number;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/**
 * What a reset by staff left behind. `re-enrol`: the next sign-in must set a factor up. `one-time-code`: staff handed
 * out a code for one sign-in; its token may have ended.
 */
export type ResetMark = 're-enrol' | 'one-time-code';

/** A row of `two_factor_accounts`: the account's own record, which stays when a factor row is lost. */
export interface FactorSet {
  /** The number of primary factors that the account must have; above 0 the account is protected. */
  readonly primaryCount: number;
  /** Increments with every factor that is added, replaced or removed. 0: the account never had one. */
  readonly version: number;
  /** Absent where no reset left anything behind. */
  readonly reset?: ResetMark | undefined;
}

/** The sessions of an account that have ended: those begun before `version`, except the one with `keepKey`. */
export interface EndedSessions {
  /** A version of the account's factor set. 0: no session has ended. */
  readonly version: number;
  /** The key of a session; null: no exception. */
  readonly keepKey: string | null;
}

/** The sessions of an account that have ended, and the version that a new session gets. */
export interface SessionVersions {
  /** The current version of the account's factor set. */
  readonly now: number;
  readonly ended: EndedSessions;
}

/**
 * Factors, and the account row that counts them in the same transaction. Every query contains the account id. An id
 * that is missing, empty, invalid, or different in case, accents or spaces matches no row.
 */
export abstract class FactorStore {
  /**
   * Returns the account row and all factors, oldest first, in one statement. Each is returned without the other too, so
   * that a lost factor or account row is noticed.
   */
  abstract load(
    accountId: string,
  ): Promise<{ readonly set: FactorSet; readonly factors: readonly StoredFactor[] }>;

  /** @throws when the id exists already, or a text is too long: no text is ever cut. */
  abstract insert(factor: StoredFactor): Promise<void>;

  /** Compare-and-set on `version`: true when the row had exactly this version and now has the next one. */
  abstract update(
    factor: Pick<StoredFactor, 'id' | 'accountId' | 'version'>,
    change: { readonly sealed?: string; readonly lastUsedAt: number },
  ): Promise<boolean>;

  /** True when the account has this factor, even if the label is the same. The version stays. */
  abstract rename(id: string, accountId: string, label: string): Promise<boolean>;

  /** True for exactly one caller, and only where the account had this factor. */
  abstract remove(id: string, accountId: string): Promise<boolean>;

  /**
   * Compare-and-set on the version of the set: true when it was `from.version` and is now `to` (default: the next one)
   * with `primaryCount`. Creates the row where there is none (`from.version` 0). It is the first statement of every
   * transaction that changes factors, so that such transactions wait for each other. The mark of a reset stays.
   */
  abstract bumpVersion(
    accountId: string,
    from: FactorSet,
    primaryCount: number,
    to?: number,
  ): Promise<boolean>;

  /**
   * Stores what a reset left behind, or removes it (null). It follows `bumpVersion` in the same transaction. True when the
   * account has a row, even if the mark is the same.
   */
  abstract markReset(accountId: string, mark: ResetMark | null): Promise<boolean>;

  /**
   * Ends the account's sessions that began before the set had this version, except the one with `keepKey`. True when
   * the version is newer than the stored one; else the row does not change. An account without a row stays without one.
   */
  abstract endSessions(accountId: string, ended: EndedSessions): Promise<boolean>;

  /** Returns the versions that decide about the account's sessions, in one statement. */
  abstract sessionVersions(accountId: string): Promise<SessionVersions>;
}
