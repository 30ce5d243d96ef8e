import type { Account } from '../common/account.js';

/** A sign-in with the right password, to an account with two-factor. */
export interface LoginContext {
  readonly account: Account;
  /** The client's address; null where it is unknown. */
  readonly ip: string | null;
  /** Looks up whether the account trusts this browser. */
  isTrustedDevice(): Promise<boolean>;
}

/** A reason to skip the challenge of a sign-in. Step-ups, staff and `strict` hosts never skip it. */
export interface SkipRule {
  /** The name of the rule in events, e.g. `trusted-device`. */
  readonly name: string;
  /** Whether the challenge is skipped this time. An error does not skip it: the sign-in is refused. */
  applies(login: LoginContext): Promise<boolean>;
  /**
   * The number of days for which the rule remembers this browser, where it remembers browsers and the account is
   * allowed to.
   */
  offers?(account: Account): number | null;
}
