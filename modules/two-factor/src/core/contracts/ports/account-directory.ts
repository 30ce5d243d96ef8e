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

/** Finds accounts. It is the only port that a host must implement. */
export abstract class AccountDirectory {
  /** Returns the account; null when it is unknown or may not sign in (suspended, closed). */
  abstract find(id: string): Promise<Account | null>;

  /** Returns whether this is the account's password. Without this method a step-up asks for the factor alone. */
  checkPassword?(id: string, password: string): Promise<boolean>;

  /**
   * Returns until when the host refuses passwords of this account after wrong ones (UTC ms), at any client address; null
   * where it does not. Without this method `TwoFactor.unlock` knows no such wait.
   */
  passwordWait?(id: string): Promise<number | null>;

  /** Ends these waits for `TwoFactor.unlock`. Calls may be repeated. */
  endPasswordWaits?(id: string): Promise<void>;

  /**
   * Returns when the e-mail address or the password of this account was last changed (UTC ms), whichever is later; null
   * where it never was, or is not known. A reset by one person alone waits for 24 hours after it, and so does a case of the
   * recovery desk. Without this method none of them waits.
   */
  changedAt?(id: string): Promise<number | null>;

  /**
   * The owner pressed "This wasn't me" in a mail (event `account.locked-down`). Take back what `undo` names, which the host gave to
   * `TwoFactor.stopLink`; end the host's own tokens of the account; mail the usual link for a new password to the address
   * that the account has then, but only where `isRecipient` says that the stop link came to it; tell the staff. Calls are repeated
   * with the same `id`, also at the same time, and must have one effect. Returns whether the link for a new password was mailed. Without this method the owner asks for one as usual.
   */
  lockedDown?(
    accountId: string,
    lockDown: {
      readonly id: string;
      /** UTC ms. */
      readonly at: number;
      /** The name of the event that the mail told of. */
      readonly event: string;
      readonly undo: { readonly name: string; readonly data: Readonly<Record<string, unknown>> } | null;
      /** Whether the stop link was mailed to this address. */
      isRecipient(email: string): boolean;
    },
  ): Promise<boolean>;

  /**
   * Stores the host's protection flag, so that removing the module never opens the account. It is set before an enrollment
   * commits and cleared after `two-factor.disabled`. Clear it only where the stored version is not newer than `version`;
   * setting it keeps the greater version. Calls may be repeated.
   */
  abstract setProtected(accountId: string, change: ProtectionChange): Promise<void>;

  /**
   * Returns the version of the flag; null while it is cleared or was never set. The package calls this where its own
   * tables contain no protection. A flag that is still set then means that rows were lost, and the sign-in is refused.
   */
  abstract getProtection(accountId: string): Promise<ProtectionFlag | null>;
}
