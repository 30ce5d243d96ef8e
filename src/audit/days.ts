const day = 86_400_000;

/** A range of whole days in UTC, as typed: `2030-01-31`. Both ends are included; a missing end is open. */
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

export function spanOf({ from, to }: Days): Span {
  return {
    ...(from !== undefined && { since: Date.parse(from) }),
    ...(to !== undefined && { until: Date.parse(to) + day }),
  };
}

/** Checks the calendar: the 30th of February is no day. */
function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
