import { randomInt } from 'node:crypto';
import { DamagedFactor } from '../../core/common/errors.js';
import type { FactorData } from '../../core/contracts/factor.js';
import { typedCode } from '../../core/common/typed-code.js';
import { digits } from './email-code.options.js';

const wholeCode = new RegExp(`^[0-9]{${digits}}$`);

/**
 * Returns a new code from the system's secure generator, each with the same probability except `except` (ASVS 5.0
 * 6.5.3).
 */
export function newCode(except?: string): string {
  for (;;) {
    const code = String(randomInt(10 ** digits)).padStart(digits, '0');
    if (code !== except) return code;
  }
}

/** Returns the typed code; null where it is none. */
export function codeOf(input: unknown): string | null {
  const code = typedCode(input);
  return wholeCode.test(code) ? code : null;
}

/** The code in two groups of four digits. */
export function shown(code: string): string {
  return `${code.slice(0, digits / 2)} ${code.slice(digits / 2)}`;
}

/**
 * Returns the code of a challenge state or of a draft.
 * @throws DamagedFactor when it is none.
 */
export function sentCode({ code }: FactorData): string {
  if (typeof code === 'string' && wholeCode.test(code)) return code;
  throw new DamagedFactor('A mailed code is damaged.');
}

/**
 * Returns the last used code, which is all that this kind stores of a factor.
 * @throws DamagedFactor when it is none.
 */
export function usedCode({ used }: FactorData): string {
  if (typeof used === 'string' && wholeCode.test(used)) return used;
  throw new DamagedFactor('The data of a factor by mail is damaged.');
}
