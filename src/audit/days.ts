import { PortalProblem } from '../portal/problem.js';

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

/** @throws PortalProblem INVALID_INPUT when a text is there that is no day. */
export function readDays({ from, to }: Readonly<Record<'from' | 'to', string | undefined>>): Days {
  return { ...(from && { from: checked('from', from) }), ...(to && { to: checked('to', to) }) };
}

export function spanOf({ from, to }: Days): Span {
  return {
    ...(from !== undefined && { since: Date.parse(from) }),
    ...(to !== undefined && { until: Date.parse(to) + day }),
  };
}

/** A day of the calendar: the 30th of February is none. */
function checked(name: string, text: string): string {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(text)) return text;
  throw new PortalProblem('INVALID_INPUT', `${name} must be a day such as 2030-01-31.`, {
    fields: { [name]: 'problem.todo.INVALID_INPUT' },
  });
}
