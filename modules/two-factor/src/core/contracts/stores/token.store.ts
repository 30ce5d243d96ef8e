/** What a token is for. */
export type TokenPurpose = 'pending' | 'draft' | 'step-up' | 'device' | 'prompt' | 'sent' | 'flag';

/** A row of `two_factor_tokens`: something begun, with an end, used once. */
export interface Token {
  readonly id: string;
  readonly purpose: TokenPurpose;
  readonly accountId: string;
  /** The session key it is bound to. */
  readonly key: string;
  /** The subtype within the purpose: a held login's state, a draft's kind, a step-up's reach. */
  readonly subtype: string;
  /** Account stamp and factor-set version when it was made; differs later: void. */
  readonly stamp: string;
  /** Sealed data, if any. */
  readonly sealed: string | null;
  readonly misses: number;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Which token: look-ups always carry purpose and account; missing or odd ids match nothing. */
export type TokenRef = Pick<Token, 'id' | 'purpose' | 'accountId'>;

/** Tokens. Everywhere, an id that is missing, empty, odd or spelt otherwise (case, accents, spaces) matches nothing. */
export abstract class TokenStore {
  /** @throws when the id is taken, or a text too long: nothing is ever cut. */
  abstract insert(token: Token): Promise<void>;

  /** The token, unless it has ended at `now`. */
  abstract find(ref: TokenRef, now: number): Promise<Token | null>;

  /** The newest living token of this purpose, account and session key (and subtype, where given). */
  abstract newest(
    of: Pick<Token, 'purpose' | 'accountId' | 'key'> & { readonly subtype?: string },
    now: number,
  ): Promise<Token | null>;

  /** The living tokens of this purpose and account, the newest first. */
  abstract list(of: Pick<Token, 'purpose' | 'accountId'>, now: number): Promise<readonly Token[]>;

  /** Counts one try: true while the token lives and had fewer than `limit`. One conditional statement. */
  abstract countMiss(ref: TokenRef, limit: number, now: number): Promise<boolean>;

  /** Gives one try back, never below 0. */
  abstract refundMiss(ref: TokenRef): Promise<void>;

  /** Ends the token: true for exactly one caller, and only while it lives. */
  abstract consume(ref: TokenRef, now: number): Promise<boolean>;

  /** Ends all tokens of an account with this purpose (all purposes when left out), made no later than `until` (UTC ms). */
  abstract discard(accountId: string, purpose?: TokenPurpose, until?: number): Promise<void>;

  /** Deletes what ended before `now`. */
  abstract sweep(now: number): Promise<void>;
}
