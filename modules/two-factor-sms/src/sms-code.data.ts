import { randomInt, timingSafeEqual } from 'node:crypto';
import { DamagedFactor, type FactorData } from 'nestjs-two-factor';
import { digits } from './sms-code.options.js';

const whole = new RegExp(`^[0-9]{${digits}}$`);

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

/** Returns the typed digits; null where they are no code. */
export function codeOf(input: unknown): string | null {
  if (typeof input !== 'string' || input.length > 64) return null;
  const code = input.normalize('NFKC').replaceAll(/[\s\p{Pd}]/gu, '');
  return whole.test(code) ? code : null;
}

/** The code in two groups of four digits. */
export function shown(code: string): string {
  return `${code.slice(0, digits / 2)} ${code.slice(digits / 2)}`;
}

/**
 * Returns the code of this name in the stored data.
 * @throws DamagedFactor when it is none.
 */
export function keptCode(data: FactorData, name: 'code' | 'used'): string {
  const code = data[name];
  if (typeof code === 'string' && whole.test(code)) return code;
  throw new DamagedFactor(`The ${name} of a factor by SMS is damaged.`);
}

/** Compares in constant time. */
export function same(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
