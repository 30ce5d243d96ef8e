import type { Account } from '../account.js';

/** Where accounts come from: the one port a host must write. */
export abstract class AccountDirectory {
  /** The account, or null when it is unknown or may not sign in (suspended, closed). */
  abstract find(id: string): Promise<Account | null>;

  /** Is this the account's password? Left out, a step-up asks for the factor alone. */
  checkPassword?(id: string, password: string): Promise<boolean>;

  /**
   * The host's own marker that this account is protected, kept so that removing the module never opens it. Raised
   * (`on`) before an enrolment commits, lowered after `two-factor.disabled`. Lower only where the stored version is
   * not newer than `version`; raise always keeps the greater version. Must be idempotent.
   */
  abstract protected(id: string, on: boolean, version: number): Promise<void>;
}
