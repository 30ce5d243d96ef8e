import type { WaitRule } from '../contracts/stores/attempt.store.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * The one table of all limits. They are no options; lengths and waits are in ms. The names are those of the log lines
 * `throttled limit=<name> …`. `docs/limits.md` lists exactly these rows, in this order.
 */
export const twoFactorLimits = {
  /**
   * Consecutive failures of an account in all flows and guessable kinds: a wait after every fifth, and a full stop at
   * 100 (NIST 800-63B-4 §3.2.2).
   */
  account: {
    every: 5,
    waits: [1, 5, 15, 60, 240].map((minutes) => minutes * MINUTE),
    hardStop: 100,
  },
  /** Failures of a client address. They are checked only after an account's first `account.every` failures. */
  address: [
    { limit: 30, length: 5 * MINUTE },
    { limit: 200, length: HOUR },
  ],
  /** Failures of a pending login; the last one ends it. */
  'pending-login': { limit: 5 },
  /** Open pending logins of an account; a new one ends the oldest. */
  'pending-logins': { limit: 50 },
  /** Answers of kinds that cannot be guessed, in the step-ups of one session. */
  'step-up': { limit: 5, length: 10 * MINUTE },
  /** Passwords in the step-ups of one session, so that a stolen session cannot guess the password. */
  'step-up-password': { limit: 5, length: 5 * MINUTE },
  /** Confirmations of a session that wait for their proof; a new one replaces the oldest. */
  confirmations: { limit: 10 },
  /** The same for all sessions of an account. */
  'account-confirmations': { limit: 50 },
  /** Starts of a set-up, for an account. */
  'set-up-starts': { limit: 10, length: HOUR },
  /** Answers to one set-up; after that the person must start again. */
  'set-up-answers': { limit: 10 },
  /** Messages with a code, for an account and for a destination: in any minute, hour and day. */
  messages: [
    { limit: 1, length: MINUTE },
    { limit: 5, length: HOUR },
    { limit: 10, length: 24 * HOUR },
  ],
  /** Answers for one code that was sent. */
  'sent-code': { limit: 5 },
  /** Trusted browsers of an account; a new one replaces the oldest. */
  'trusted-devices': { limit: 10 },
  /** Expensive checks that may wait for a core of this process. */
  'hash-queue': { limit: 200 },
  /** Lock-downs of an account by the links “This wasn’t me”, so that a stolen mailbox cannot keep its owner out for long. */
  'lock-downs': { limit: 5, length: 24 * HOUR },
  /** Cases of the recovery desk, for an account. */
  'recovery-cases': { limit: 3, length: 30 * 24 * HOUR },
  /** Wrong short codes in a row, from which on “Does it still work?” checks none, so that it never starts a wait. */
  'check-up': { limit: 3 },
  /** Alarms about one fault of an account, so that attempts fill neither the table nor a mailbox. */
  alarms: { limit: 1, length: HOUR },
  /** Events and mails about one dangerous action that the brake refused. */
  'brake-notices': { limit: 1, length: 24 * HOUR },
} as const satisfies Readonly<
  Record<
    string,
    | WaitRule
    | { readonly limit: number; readonly length?: number }
    | readonly { readonly limit: number; readonly length: number }[]
  >
>;

/** The name of a limit. */
export type LimitName = keyof typeof twoFactorLimits;
