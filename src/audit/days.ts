const day = 86_400_000;

/** A span of whole days, UTC, as typed: `2030-01-31`. Both ends belong to it; one that is left out is open. */
export interface Days {
  readonly from?: string;
  readonly to?: string;
}

/** The same in UTC ms: from `since` on, before `until`. */
export interface Span {
  readonly since?: number;
  readonly until?: number;
}

/** Its ends, where something is typed that is no day. */
export function faultyEnds(days: Days): (keyof Days)[] {
  return (['from', 'to'] as const).filter((end) => days[end] !== undefined && !isDay(days[end]));
}

export function spanOf({ from, to }: Days): Span {
  return {
    ...(from !== undefined && { since: Date.parse(from) }),
    ...(to !== undefined && { until: Date.parse(to) + day }),
  };
}

/** Of the calendar: the 30th of February is none. */
function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
