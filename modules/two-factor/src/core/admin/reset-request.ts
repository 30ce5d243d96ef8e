import type { Actor } from '../common/origin.js';

/** The modes of a reset. */
export const resetModes = ['disable', 're-enrol', 'one-time-code'] as const;

/**
 * What a reset leaves behind. In each mode all sessions and trusted browsers end.
 * `disable`: two-factor is off, and the password alone signs in. Refused where the policy requires two-factor.
 * `re-enrol`: all factors are gone, and the next sign-in must set one up; nothing else is reachable before.
 * `one-time-code`: all factors stay, and the result has a code for one sign-in within ten minutes.
 */
export type ResetMode = (typeof resetModes)[number];

/** A reset that staff or an operator ask for. */
export interface ResetRequest {
  readonly mode: ResetMode;
  /** Why; kept in the event. */
  readonly reason: string;
  /**
   * The second person who approved it. A reset within 24 hours after a change of the e-mail address or password needs
   * one.
   */
  readonly approvedBy?: Actor | undefined;
}

/** A code for one sign-in, which is shown once and stored nowhere in plain text. */
export interface OneTimeCode {
  /** In groups, e.g. `1234-5678-9012-3456-7890`. */
  readonly code: string;
  /** UTC ms. */
  readonly expiresAt: number;
}

/** The result of a reset. */
export interface ResetResult {
  readonly mode: ResetMode;
  /** False: there was nothing to reset, and nothing changed. */
  readonly reset: boolean;
  /** Only in the mode `one-time-code`: for the person who asked for it, to read out to the caller. */
  readonly oneTimeCode?: OneTimeCode | undefined;
}
