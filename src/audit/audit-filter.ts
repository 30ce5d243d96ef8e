import { PortalProblem } from '../portal/problem.js';
import type { AuditPlace } from './audit.service.js';

/** What the list was asked for, as it came in the address. */
export interface AuditFilter {
  readonly event?: string;
  /** E-mail address. */
  readonly account?: string;
  readonly after?: AuditPlace;
}

/** @throws PortalProblem INVALID_INPUT when a value is given twice, is too long, or names no place of the list. */
export function readAuditFilter(query: Readonly<Record<string, unknown>>): AuditFilter {
  const event = text(query, 'event', 100);
  const account = text(query, 'account', 254);
  const after = text(query, 'after', 100);
  return { ...(event && { event }), ...(account && { account }), ...(after && { after: place(after) }) };
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

function text(query: Readonly<Record<string, unknown>>, name: string, longest: number): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && value.length <= longest) return value.trim();
  throw new PortalProblem('INVALID_INPUT', `${name} must be one text of at most ${longest} characters.`);
}
