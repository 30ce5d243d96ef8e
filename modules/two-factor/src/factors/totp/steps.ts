import { NobleCryptoPlugin, ScureBase32Plugin, TOTP } from 'otplib';

import { digits, hintSteps, period } from './totp.options.js';

/** How many steps before and after the present one are accepted. */
export interface Reach {
  readonly back: number;
  readonly ahead: number;
}

/** A well-formed code, given at a step for a secret. */
export interface Attempt {
  readonly secret: string;
  readonly code: string;
  readonly step: number;
}

/**
 * The library's own generator, made once with all that an answer brings, too: that then only replaces values, and the objects made
 * of it keep one shape. The library's `verify` makes objects of new shapes each time.
 */
const generator = new TOTP({
  crypto: new NobleCryptoPlugin(),
  base32: new ScureBase32Plugin(),
  algorithm: 'sha1',
  digits,
  period,
  secret: '',
  epoch: 0,
});

/** The time step of a moment (UTC ms), as RFC 6238 §4.2 counts them. */
export function stepAt(now: number): number {
  return Math.floor(now / 1000 / period);
}

/** The steps accepted at `step`, earliest first. */
export function acceptedSteps(step: number, reach: Reach): number[] {
  return range(-reach.back, reach.ahead).map((away) => step + away);
}

/** The past steps of which a late code tells how slow a clock is, nearest first. */
export function lateSteps(step: number): number[] {
  return range(1, hintSteps).map((away) => step - away);
}

/** The future steps of which an early code tells how fast a clock is, nearest first. */
export function earlySteps(step: number): number[] {
  return range(1, hintSteps).map((away) => step + away);
}

/**
 * The first of `steps` whose code was given, or null. The mark is for the caller to heed: the library's own
 * `afterTimeStep` throws once the clock has gone back behind it.
 */
export async function matchingStep(
  { secret, code }: Attempt,
  steps: readonly number[],
): Promise<number | null> {
  for (const step of steps.filter((candidate) => candidate >= 0)) {
    const { valid } = await generator.verify(code, { secret, epoch: step * period });
    if (valid) {
      return step;
    }
  }
  return null;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
