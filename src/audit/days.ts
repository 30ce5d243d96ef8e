import { startOfDay } from './start-of-day.js';

const day = 86_400_000;

/** A range of whole days, as typed: `2030-01-31`. Both ends are included; a missing end is open. */
export interface Days {
  readonly from?: string;
  readonly to?: string;
}

/** The same range in UTC ms: from `since` (inclusive) until `until` (exclusive). */
export interface Span {
  readonly since?: number;
  readonly until?: number;
}

/** Returns the ends of the range that are no valid day. */
export function faultyEnds(days: Days): (keyof Days)[] {
  return (['from', 'to'] as const).filter((end) => days[end] !== undefined && !isDay(days[end]));
}

/** The range of these days in the given time zone (IANA). */
export function spanOf({ from, to }: Days, timeZone: string): Span {
  return {
    ...(from !== undefined && { since: startOfDay(Date.parse(from), timeZone) }),
    ...(to !== undefined && { until: startOfDay(Date.parse(to) + day, timeZone) }),
  };
}

/** Checks the calendar: the 30th of February is no day. */
function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
