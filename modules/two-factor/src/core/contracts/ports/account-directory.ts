import type { Account } from '../../common/account.js';

/** The host's own flag of an account while it is raised. */
export interface ProtectionFlag {
  /** The version that it was last raised with. */
  readonly version: number;
}

/** Where accounts come from: the one port a host must write. */
export abstract class AccountDirectory {
  /** The account, or null when it is unknown or may not sign in (suspended, closed). */
  abstract find(id: string): Promise<Account | null>;

  /** Is this the account's password? Left out, a step-up asks for the factor alone. */
  checkPassword?(id: string, password: string): Promise<boolean>;

  /**
   * Keeps the host's own flag that this account is protected, so that removing the module never opens it. Raised
   * (`on`) before an enrolment commits, lowered after `two-factor.disabled`. Lower only where the stored version is
   * not newer than `version`; raise always keeps the greater version. Must be idempotent.
   */
  abstract protected(id: string, on: boolean, version: number): Promise<void>;

  /**
   * Reads that flag: its version while it is raised, null while it is lowered or was never raised. Asked where the module's own
   * tables say that nothing protects the account: a raised flag then means that rows were lost, and the sign-in is refused.
   */
  abstract getProtection(id: string): Promise<ProtectionFlag | null>;
}
