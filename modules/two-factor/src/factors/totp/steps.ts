import { NobleCryptoPlugin, ScureBase32Plugin, TOTP } from 'otplib';

import { digits, hintSteps, period } from './totp.options.js';

/** How many steps before and after the current one are accepted. */
export interface StepRange {
  readonly back: number;
  readonly ahead: number;
}

/** A well-formed code with its secret and the current step. */
export interface StepAttempt {
  readonly secret: string;
  readonly code: string;
  readonly step: number;
}

/**
 * The library's generator, created once with all options of an answer. An answer then only replaces values, and its objects
 * keep one hidden class. The library's `verify` creates objects of new hidden classes each time.
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

/** The time step of a time (UTC ms), as RFC 6238 §4.2 counts steps. */
export function stepAt(now: number): number {
  return Math.floor(now / 1000 / period);
}

/** The accepted steps at `step`, earliest first. */
export function acceptedSteps(step: number, scope: StepRange): number[] {
  return range(-scope.back, scope.ahead).map((away) => step + away);
}

/** The past steps that show how slow a clock is when a code is late, nearest first. */
export function lateSteps(step: number): number[] {
  return range(1, hintSteps).map((away) => step - away);
}

/** The future steps that show how fast a clock is when a code is early, nearest first. */
export function earlySteps(step: number): number[] {
  return range(1, hintSteps).map((away) => step + away);
}

/**
 * The first of `steps` that has the given code, or null. The caller must check the high-water mark: the library's own
 * `afterTimeStep` throws once the clock has gone back behind it.
 */
export async function matchingStep(
  { secret, code }: StepAttempt,
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
