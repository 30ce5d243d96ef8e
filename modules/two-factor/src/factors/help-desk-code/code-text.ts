import { randomInt } from 'node:crypto';
import { typedCode } from '../../core/common/typed-code.js';

/**
 * Digits of a code: 20 digits are 66 random bits; NIST SP 800-63B-4 §4.2.1.2 requires six digits. Digits alone are read out over
 * the telephone without a mistake, in every language, and no other code has twenty of them.
 */
const length = 20;

const wholeCode = new RegExp(`^\\d{${length}}$`);

/** A new code without dashes, from the system's secure generator (ASVS 5.0 11.5.1). Every digit is equally likely. */
export function newCode(): string {
  return Array.from({ length }, () => String(randomInt(10))).join('');
}

/** A code in the format for people: `1234-5678-9012-3456-7890`. */
export function shown(code: string): string {
  return code.replace(/.{4}(?=.)/g, '$&-');
}

/** Parses a typed code; spaces and dashes do not matter. Null if it is no code. */
export function codeOf(input: unknown): string | null {
  const code = typedCode(input);
  return wholeCode.test(code) ? code : null;
}
