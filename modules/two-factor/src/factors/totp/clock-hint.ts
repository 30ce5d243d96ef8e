import type { View } from '../../core/contracts/factor.js';

import { earlySteps, lateSteps, matchingStep } from './steps.js';
import type { StepAttempt } from './steps.js';
import { period } from './totp.options.js';

/**
 * The hint "Your phone's clock seems N minutes slow", only for past steps. A hint about a future step would tell an attacker
 * that a guessed code will become valid.
 */
export async function slowHint(attempt: StepAttempt): Promise<View | null> {
  const late = await matchingStep(attempt, lateSteps(attempt.step));
  return late === null ? null : { minutesSlow: minutes(attempt.step - late) };
}

/** The hint at enrollment, in both directions: a draft's secret gives no access yet. */
export async function clockHint(attempt: StepAttempt): Promise<View | null> {
  return (await slowHint(attempt)) ?? fastHint(attempt);
}

async function fastHint(attempt: StepAttempt): Promise<View | null> {
  const early = await matchingStep(attempt, earlySteps(attempt.step));
  return early === null ? null : { minutesFast: minutes(early - attempt.step) };
}

function minutes(steps: number): number {
  return Math.round((steps * period) / 60);
}
