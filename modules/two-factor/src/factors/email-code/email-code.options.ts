import { twoFactorLimits } from '../../core/rate-limits/limits.js';

/** Digits of a code: 26 bits, more than the 20 that ASVS 5.0 6.5.4 requires. Not an option. */
export const digits = 8;

/** The lifetime of a code, in ms: 10 minutes (ASVS 5.0 6.5.5 allows no more). Not an option. */
export const lives = 10 * 60_000;

/** The maximum number of answers for one code. Not an option. */
export const tries = twoFactorLimits['sent-code'].limit;

/** The options of codes by mail. */
export interface EmailCodeOptions {
  /**
   * How this host resets passwords. `never-by-mail`: no mail can replace a password. `guarded`: a mailed link can, except where
   * `TwoFactor.reachedByMail` returns true. `by-mail`: a mailed link can, for every account; this value is refused.
   */
  readonly passwordReset: 'never-by-mail' | 'guarded' | 'by-mail';
}

const possible: readonly unknown[] = ['never-by-mail', 'guarded'];

const sentences = {
  'by-mail':
    'emailCode: a mailed link replaces passwords here, so whoever reads the mailbox would have both factors. Ask TwoFactor.reachedByMail before a reset and say passwordReset: guarded, or leave emailCode out.',
  unsaid: 'emailCode: say how passwords are reset here, passwordReset: never-by-mail or guarded.',
} as const;

/**
 * Returns the options where they are allowed: mail alone must not give both factors (NIST SP 800-63B-4 §3.1.3.1).
 * @throws RangeError with a sentence that says what to do.
 */
export function emailCodeOptions({ passwordReset }: EmailCodeOptions): EmailCodeOptions {
  if (passwordReset === 'by-mail') throw new RangeError(sentences['by-mail']);
  if (!possible.includes(passwordReset)) throw new RangeError(sentences.unsaid);
  return { passwordReset };
}
