import type { EntityManager } from 'typeorm';

/** The owner of an account pressed “This wasn’t me” in a mail. */
export interface LockDown {
  /** Unique, and the same for every call. */
  readonly id: string;
  readonly accountId: string;
  /** UTC ms. */
  readonly at: number;
  /** The name of the event that the mail told of. */
  readonly event: string;
  /** What the part of the portal that wrote the mail registered with the link; null: nothing. */
  readonly undo: { readonly name: string; readonly data: Readonly<Record<string, unknown>> } | null;
  /** Whether the link was mailed to this address. */
  isRecipient(email: string): boolean;
}

/** A part of the portal that takes something back, or ends tokens of its own, at a lock-down. */
export interface LockDownStep {
  /**
   * Runs in the transaction of the lock-down, which has locked the account’s row. It may run again after a deadlock: only statements of `manager`.
   * It looks at `undo` only where the name is its own.
   */
  lockDown(lockDown: LockDown, manager: EntityManager): Promise<void>;
}
