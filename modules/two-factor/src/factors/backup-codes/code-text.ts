import { randomBytes } from 'node:crypto';

import { typedCode } from '../../core/common/typed-code.js';

/** Crockford's base32: no I, L and O, which look like digits, and no U, so that no code reads as a word. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of a code: 16 × 5 bits = 80 bits, well above the 20 that ASVS 6.5.4 asks of a lookup secret. */
const length = 16;

const wholeCode = new RegExp(`^[${alphabet}]{${length}}$`);

/** A new code, undecorated, from the system's secure generator (ASVS 6.5.3). 256 is a multiple of 32, so every character is equally likely. */
export function newCode(): string {
  return Array.from(randomBytes(length), (byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

/** A code as people are shown it: `XXXX-XXXX-XXXX-XXXX`. */
export function shown(code: string): string {
  return code.replace(/.{4}(?=.)/g, '$&-');
}

/** What was typed, as a code: forgiving about case, spaces, dashes and the letters that look like digits; null if none. */
export function codeOf(input: unknown): string | null {
  const code = capitals(typedCode(input)).replace(/O/g, '0').replace(/[IL]/g, '1');
  return wholeCode.test(code) ? code : null;
}

/** Of the alphabet's own letters alone: `toUpperCase` makes two characters of ß, and I of ı. */
function capitals(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
