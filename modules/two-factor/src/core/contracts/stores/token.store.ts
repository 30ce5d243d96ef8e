/** The purpose of a token. */
export type TokenPurpose =
  | 'pending'
  | 'draft'
  | 'step-up'
  | 'confirm'
  | 'device'
  | 'prompt'
  | 'sent'
  | 'flag'
  | 'codes'
  | 'one-time-code'
  | 'new-codes'
  | 'result';

/** A row of `two_factor_tokens`: a started flow with an end, consumed once. */
export interface Token {
  readonly id: string;
  readonly purpose: TokenPurpose;
  readonly accountId: string;
  /** The session key that it is bound to. */
  readonly key: string;
  /** The subtype within the purpose: a pending login's state, a kind, a step-up's scope. */
  readonly subtype: string;
  /**
   * The account's stamp and the version of its factor set at the creation. The token is void when they differ later.
   * Unsaved codes and the result of a set-up have the id of the factor row that they belong to.
   */
  readonly stamp: string;
  /** Encrypted data, if any. */
  readonly sealed: string | null;
  readonly misses: number;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Identifies a token. Queries always contain purpose and account; missing or invalid ids match no row. */
export type TokenRef = Pick<Token, 'id' | 'purpose' | 'accountId'>;

/**
 * Tokens. In all methods an id that is missing, empty, invalid, or different in case, accents or spaces matches no row.
 */
export abstract class TokenStore {
  /** @throws when the id exists already, or a text is too long: no text is ever cut. */
  abstract insert(token: Token): Promise<void>;

  /** Returns the token; null when it has ended at `now`. */
  abstract find(ref: TokenRef, now: number): Promise<Token | null>;

  /** Returns the newest active token of this purpose, account and session key (and subtype, where given). */
  abstract newest(
    of: Pick<Token, 'purpose' | 'accountId' | 'key'> & { readonly subtype?: string },
    now: number,
  ): Promise<Token | null>;

  /** Returns the active tokens of this purpose and account, the newest first. */
  abstract list(of: Pick<Token, 'purpose' | 'accountId'>, now: number): Promise<readonly Token[]>;

  /** Counts one attempt, in one conditional statement; true while the token is active and had fewer than `limit`. */
  abstract countMiss(ref: TokenRef, limit: number, now: number): Promise<boolean>;

  /** Removes one attempt, never below 0. */
  abstract refundMiss(ref: TokenRef): Promise<void>;

  /** Consumes the token; true for exactly one caller, and only while it is active. */
  abstract consume(ref: TokenRef, now: number): Promise<boolean>;

  /**
   * Consumes the token and stores `next` in its place, of the same account; true for exactly one caller, and only while
   * it is active. A store of its own may do it in two statements, as here; within a transaction that is the same.
   */
  async replace(ref: TokenRef, next: Token, now: number): Promise<boolean> {
    if (!(await this.consume(ref, now))) return false;
    await this.insert(next);
    return true;
  }

  /**
   * Deletes all tokens of an account with this purpose (default: all purposes) that were created no later than `until`
   * (UTC ms).
   */
  abstract discard(accountId: string, purpose?: TokenPurpose, until?: number): Promise<void>;

  /** Deletes the tokens that ended before `now`. */
  abstract sweep(now: number): Promise<void>;
}
