import { twoFactorLimits } from 'nestjs-two-factor';
import type { SmsSender } from './sms-sender.js';
import type { SmsText } from './sms-text.js';

/** Digits of a code: 26 bits, more than the 20 that ASVS 5.0 6.5.4 requires. Not an option. */
export const digits = 8;

/** The lifetime of a code, in ms: 10 minutes (ASVS 5.0 6.5.5 allows no more). Not an option. */
export const lives = 10 * 60_000;

/** The maximum number of answers for one code. Not an option. */
export const tries = twoFactorLimits['sent-code'].limit;

/** The options of codes by SMS. */
export interface SmsCodeOptions {
  /** Sends messages to phones. */
  readonly sender: SmsSender;
  /**
   * Whether a message to a phone can reset forgotten passwords here. `never-by-phone`: it cannot. `guarded`: it can,
   * except for accounts for which `TwoFactor.reachedBy(id, 'phone')` is true. `by-phone`: it can for all accounts; the
   * factor refuses that.
   */
  readonly passwordReset: 'never-by-phone' | 'guarded' | 'by-phone';
  /** The text of a message. Default: `smsTextEn`. */
  readonly text?: SmsText;
}

const possible: readonly unknown[] = ['never-by-phone', 'guarded'];

const sentences = {
  'by-phone':
    "smsCode: a message to a phone replaces passwords here, so the phone alone would be both factors. Ask TwoFactor.reachedBy(id, 'phone') before a reset and say passwordReset: guarded, or leave smsCode out.",
  unsaid: 'smsCode: say how passwords are reset here, passwordReset: never-by-phone or guarded.',
} as const;

/**
 * Refuses a host where the phone alone would be both factors (NIST SP 800-63B-4 §3.1.3.3).
 * @throws RangeError with a sentence that says what to do.
 */
export function checkOptions({ passwordReset }: Pick<SmsCodeOptions, 'passwordReset'>): void {
  if (passwordReset === 'by-phone') throw new RangeError(sentences['by-phone']);
  if (!possible.includes(passwordReset)) throw new RangeError(sentences.unsaid);
}
