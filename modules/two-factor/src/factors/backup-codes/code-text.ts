import { randomBytes } from 'node:crypto';

import { typedCode } from '../../core/common/typed-code.js';

/** Crockford's base32: without I, L and O, which look like digits, and without U, so that no code forms a word. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of a code: 16 × 5 bits = 80 bits, well above the 20 that ASVS 6.5.4 requires of a lookup secret. */
const length = 16;

const wholeCode = new RegExp(`^[${alphabet}]{${length}}$`);

/**
 * A new code without dashes, from the system's secure generator (ASVS 6.5.3). 256 is a multiple of 32, so every character is
 * equally likely.
 */
export function newCode(): string {
  return Array.from(randomBytes(length), (byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

/** A code in the format for people: `XXXX-XXXX-XXXX-XXXX`. */
export function shown(code: string): string {
  return code.replace(/.{4}(?=.)/g, '$&-');
}

/** Parses a typed code. Case, spaces, dashes and letters that look like digits do not matter; null if it is no code. */
export function codeOf(input: unknown): string | null {
  const code = capitals(typedCode(input)).replace(/O/g, '0').replace(/[IL]/g, '1');
  return wholeCode.test(code) ? code : null;
}

/** Changes only letters of the alphabet: `toUpperCase` makes two characters of ß, and I of ı. */
function capitals(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
