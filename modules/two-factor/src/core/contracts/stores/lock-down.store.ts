/** What a stop link is about, and what it takes back. It never contains a secret. */
export interface StopFacts {
  /** When the event happened, UTC ms. */
  readonly at: number;
  /** The name of the factor that the event was about. */
  readonly label?: string;
  /** The ids of the factors and recovery sets that the event added. */
  readonly added?: readonly string[];
  /** Whether the account had no factor before the event. */
  readonly wasOff?: boolean;
  /** What the host takes back. */
  readonly undo?: { readonly name: string; readonly data: Readonly<Record<string, unknown>> };
}

/** A row of `two_factor_stop_links`: one mailed link "This wasn't me". */
export interface StopLink {
  /** SHA-256 of the token. The token itself is not stored. */
  readonly id: string;
  readonly accountId: string;
  /** A hash of account and event. Links of one event have the same, and only one of them works. */
  readonly event: string;
  readonly eventName: string;
  /** A hash of the address that the link was mailed to. */
  readonly recipient: string;
  readonly facts: StopFacts;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** A row of `two_factor_lock_downs`: an owner said "This wasn't me" about one event. */
export interface LockDown {
  /** The hash of account and event, as in the link. */
  readonly id: string;
  readonly accountId: string;
  readonly eventName: string;
  /** As in the link. */
  readonly recipient: string;
  readonly createdAt: number;
  /** When the account was released again, UTC ms; null: it is locked down. */
  readonly releasedAt: number | null;
}

/**
 * Stop links and lock-downs. They are not tokens, because a change of factors discards those: a thief could void the links of the owner by such
 * a change. Every method can be part of a transaction. An id that is missing, empty, invalid, or different in case, accents or spaces
 * matches no row.
 */
export abstract class LockDownStore {
  /** @throws when the id exists already, or a text is too long. */
  abstract addLink(link: StopLink): Promise<void>;

  /** Returns the link; null when it has ended at `now`. */
  abstract findLink(id: string, now: number): Promise<StopLink | null>;

  /** Records a lock-down. True for exactly one caller with this id: the others find it and change nothing. */
  abstract lock(lockDown: LockDown): Promise<boolean>;

  /** Returns the lock-downs of the account, the newest first. */
  abstract list(accountId: string): Promise<readonly LockDown[]>;

  /** Releases one lock-down; true for exactly one caller. */
  abstract release(lockDown: Pick<LockDown, 'id' | 'accountId'>, at: number): Promise<boolean>;

  /** Deletes all links and lock-downs of the account. */
  abstract discard(accountId: string): Promise<void>;

  /** Deletes the links that ended before `now`, and the released lock-downs that began before `older`. */
  abstract sweep(now: number, older: number): Promise<void>;
}
