import { type FormPage, refusedForm } from '../portal/forms/form.js';
import { PortalProblem } from '../portal/problems/problem.js';
import type { AuditPlace } from './audit.service.js';
import { faultyEnds, type Days } from './days.js';

/** What the list was asked for, as it came in the address. */
export interface AuditFilter extends Days {
  readonly event?: string;
  /** E-mail address. */
  readonly account?: string;
  readonly after?: AuditPlace;
}

/** Longer than any event's name and any address: it finds nothing, and need not be asked for whole. */
const longest = 255;

/** The fields of the list's form, and where its page begins. */
const names = ['event', 'account', 'from', 'to', 'after'] as const;

/**
 * Texts find something or nothing, whatever they are; of several the first counts.
 * @throws PortalProblem INVALID_INPUT when `after` is no place of the list, or `from` or `to` no day (shown on `page`):
 * without them it would show more than was asked for.
 */
export function readAuditFilter(query: Readonly<Record<string, unknown>>, page: FormPage): AuditFilter {
  const { after, ...filter } = typedIn(query);
  const errors = faultyEnds(filter).map((field) => ({ field, key: `audit.no-day.${field}` }));
  if (errors.length > 0) throw refusedForm(errors, page, filter);
  return { ...filter, ...(after !== undefined && { after: place(after) }) };
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

/** What was typed, where it was anything. */
function typedIn(query: Readonly<Record<string, unknown>>): Partial<Record<(typeof names)[number], string>> {
  const given = names.map((name) => [name, typed(query[name])] as const);
  return Object.fromEntries(given.filter(([, text]) => text !== ''));
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
