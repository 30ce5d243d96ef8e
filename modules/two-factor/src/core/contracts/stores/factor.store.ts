/** A row of `two_factor_factors`: a factor that works. */
export interface StoredFactor {
  readonly id: string;
  readonly accountId: string;
  readonly kind: string;
  readonly label: string;
  readonly sealed: string;
  /** Counts up with every change of `sealed`; what compare-and-set compares. */
  readonly version: number;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** A row of `two_factor_accounts`: what the module knows of an account even when a factor row has vanished. */
export interface FactorSet {
  /** How many primary factors the account must have; above 0 the account is protected. */
  readonly primaryCount: number;
  /** Counts up with every factor added, replaced or removed. 0: never had one. */
  readonly version: number;
}

/** Which sessions of an account have ended: those begun before `version`, but the one with `keepKey`. */
export interface EndedSessions {
  /** A version of the account's set. 0: none has. */
  readonly version: number;
  /** A session's key; null: no exception. */
  readonly keepKey: string | null;
}

/** Which sessions of an account have ended, and the version that a session begun now has. */
export interface SessionVersions {
  /** The version of the account's set. */
  readonly now: number;
  readonly ended: EndedSessions;
}

/**
 * Factors and, in the same unit, the account row that counts them. Every look-up carries the account id; an id that is
 * missing, empty, odd or spelt otherwise (case, accents, spaces) matches nothing.
 */
export abstract class FactorStore {
  /**
   * The account row and all factors, oldest first, in one statement. Either is answered without the other, so that a
   * factor or an account row that has vanished is noticed.
   */
  abstract load(
    accountId: string,
  ): Promise<{ readonly set: FactorSet; readonly factors: readonly StoredFactor[] }>;

  /** @throws when the id is taken, or a text too long: nothing is ever cut. */
  abstract insert(factor: StoredFactor): Promise<void>;

  /** Compare-and-set on `version`: true when exactly this version was there and is now the next one. */
  abstract update(
    factor: Pick<StoredFactor, 'id' | 'accountId' | 'version'>,
    change: { readonly sealed?: string; readonly lastUsedAt: number },
  ): Promise<boolean>;

  /** True when the account has this factor, also where it had this label before. The version stays. */
  abstract rename(id: string, accountId: string, label: string): Promise<boolean>;

  /** True for exactly one caller, and only where the account had this factor. */
  abstract remove(id: string, accountId: string): Promise<boolean>;

  /**
   * Compare-and-set on the set's version: true when it was `from.version` and is now `to` (left out: the next one) with
   * `primaryCount`. Makes the row where there is none (`from.version` 0). The first statement of every unit that
   * changes factors, so that such units queue behind each other.
   */
  abstract bumpVersion(
    accountId: string,
    from: FactorSet,
    primaryCount: number,
    to?: number,
  ): Promise<boolean>;

  /**
   * Sessions of the account end that were begun before the set had this version, but the one with `keepKey`. True when that
   * is newer than what was kept before; else nothing changes. Nothing is kept of an account that has no row.
   */
  abstract endSessions(accountId: string, ended: EndedSessions): Promise<boolean>;

  /** What counts of the account's sessions; one statement. */
  abstract sessionVersions(accountId: string): Promise<SessionVersions>;
}
