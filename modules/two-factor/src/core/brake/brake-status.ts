import { Problem } from '../common/errors.js';
import type { BrakeRecord } from '../contracts/stores/brake.store.js';

/**
 * Why dangerous actions wait. `re-enrollment`: a factor was set up with the help of a recovery factor. `lock-down`: the owner said
 * "This wasn't me".
 */
export type BrakeCause = 'reset' | 'recovery' | 're-enrollment' | 'email-change' | 'lock-down';

/** The running brake of an account. Times are UTC ms. */
export interface BrakeStatus {
  /** The latest cause. */
  readonly cause: BrakeCause;
  /** The time of the latest cause. */
  readonly startedAt: number;
  /** Dangerous actions are refused before this moment. */
  readonly until: number;
}

/** The running brake of a row; null where none runs at `now`. */
export function runningBrake(record: BrakeRecord | null, now: number): BrakeStatus | null {
  if (!record || record.until <= now) return null;
  const { cause, startedAt, until } = record;
  return { cause: cause as BrakeCause, startedAt, until };
}

/** The refusal of a dangerous action during the brake (UTC ms). */
export function coolingDown(until: number, act?: string): Problem {
  const end = new Date(until).toISOString();
  const advice = `This action waits after a change of the sign-in. It is possible from ${end}.`;
  return new Problem('COOLING_DOWN', advice, membersOf({ until: end, reason: 'brake' }, act));
}

/** The refusal of a change while the account is frozen. */
export function frozen(act?: string): Problem {
  const advice = 'This account is locked after a report of its owner. Set a new password first.';
  return new Problem('COOLING_DOWN', advice, membersOf({ until: null, reason: 'frozen' }, act));
}

function membersOf(refusal: Readonly<Record<string, unknown>>, act?: string) {
  return act === undefined ? refusal : { ...refusal, act };
}
