import { PortalProblem } from '../portal/problem.js';
import type { AuditPlace } from './audit.service.js';
import { readDays, type Days } from './days.js';

/** What the list was asked for, as it came in the address. */
export interface AuditFilter extends Days {
  readonly event?: string;
  /** E-mail address. */
  readonly account?: string;
  readonly after?: AuditPlace;
}

/** Longer than any event's name and any address: it finds nothing, and need not be asked for whole. */
const longest = 255;

/**
 * Texts find something or nothing, whatever they are; of several the first counts.
 * @throws PortalProblem INVALID_INPUT when `after` is no place of the list, or `from` or `to` no day: without them it
 * would show more than was asked for.
 */
export function readAuditFilter(query: Readonly<Record<string, unknown>>): AuditFilter {
  const [event, account, after] = ['event', 'account', 'after'].map((name) => typed(query[name]));
  return {
    ...readDays({ from: typed(query['from']), to: typed(query['to']) }),
    ...(event && { event }),
    ...(account && { account }),
    ...(after && { after: place(after) }),
  };
}

/** A place of the list as it stands in addresses: `<time>-<event id>`. */
export function placeText({ at, eventId }: AuditPlace): string {
  return `${at}-${eventId}`;
}

function place(given: string): AuditPlace {
  const [, at, eventId] = /^(\d{1,15})-([\w-]{1,64})$/.exec(given) ?? [];
  if (!at || !eventId) throw new PortalProblem('INVALID_INPUT', 'after must be the place given as next.');
  return { at: Number(at), eventId };
}

/** Control characters and half ones become what no name has: PostgreSQL refuses some, and leaving them out would find more. */
function typed(given: unknown): string {
  const first: unknown = Array.isArray(given) ? given[0] : given;
  const text = typeof first === 'string' ? first : '';
  return text
    .trim()
    .slice(0, longest)
    .replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd');
}
