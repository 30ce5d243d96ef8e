import type { Account } from '../../common/account.js';

/** The host's protection flag of an account while it is set. */
export interface ProtectionFlag {
  /** The version that it was last set with. */
  readonly version: number;
}

/** A change of the host's protection flag. */
export interface ProtectionChange {
  /** True sets the flag; false clears it. */
  readonly protected: boolean;
  /** The version of the account's set of factors that the change belongs to. */
  readonly version: number;
}

/** Where accounts come from: the one port a host must write. */
export abstract class AccountDirectory {
  /** The account, or null when it is unknown or may not sign in (suspended, closed). */
  abstract find(id: string): Promise<Account | null>;

  /** Is this the account's password? Left out, a step-up asks for the factor alone. */
  checkPassword?(id: string, password: string): Promise<boolean>;

  /**
   * Stores the host's protection flag, so that removing the module never opens the account. It is set before an enrollment
   * commits and cleared after `two-factor.disabled`. Clear it only where the stored version is not newer than `version`;
   * setting it keeps the greater version. Calls may be repeated.
   */
  abstract setProtected(accountId: string, change: ProtectionChange): Promise<void>;

  /**
   * Returns that flag: its version while it is set, null while it is cleared or was never set. The package asks where its own
   * tables protect nothing: a flag that is still set then means that rows were lost, and the sign-in is refused.
   */
  abstract getProtection(accountId: string): Promise<ProtectionFlag | null>;
}
