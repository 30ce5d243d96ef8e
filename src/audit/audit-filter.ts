import { type FormPage, refusedForm } from '../portal/forms/form.js';
import { PortalProblem } from '../portal/problems/problem.js';
import type { AuditPlace } from './audit.service.js';
import { faultyEnds, type Days } from './days.js';

/** The filter of the list, as given in the URL. */
export interface AuditFilter extends Days {
  readonly event?: string;
  /** E-mail address. */
  readonly account?: string;
  readonly after?: AuditPlace;
}

/** Longer than any event name and any address. A longer text finds nothing, so the query need not contain all of it. */
const longest = 255;

/** The fields of the list's form, and the position where the page begins. */
const names = ['event', 'account', 'from', 'to', 'after'] as const;

/**
 * Reads the filter. Any text is allowed: it finds entries or it finds none. Of several values the first counts.
 * @throws PortalProblem INVALID_INPUT when `after` is no position of the list, or when `from` or `to` is no day (shown on
 * `page`). Ignoring them would show more entries than requested.
 */
export function readAuditFilter(query: Readonly<Record<string, unknown>>, page: FormPage): AuditFilter {
  const { after, ...filter } = typedIn(query);
  const errors = faultyEnds(filter).map((field) => ({ field, key: `audit.no-day.${field}` }));
  if (errors.length > 0) throw refusedForm(errors, page, filter);
  return { ...filter, ...(after !== undefined && { after: place(after) }) };
}

/** A position of the list as it appears in URLs: `<time>-<event id>`. */
export function placeText({ at, eventId }: AuditPlace): string {
  return `${at}-${eventId}`;
}

function place(given: string): AuditPlace {
  const [, at, eventId] = /^(\d{1,15})-([\w-]{1,64})$/.exec(given) ?? [];
  if (!at || !eventId)
    throw new PortalProblem('INVALID_INPUT', 'after must be a value that was returned as next.');
  return { at: Number(at), eventId };
}

/** The typed values, without the empty ones. */
function typedIn(query: Readonly<Record<string, unknown>>): Partial<Record<(typeof names)[number], string>> {
  const given = names.map((name) => [name, typed(query[name])] as const);
  return Object.fromEntries(given.filter(([, text]) => text !== ''));
}

/**
 * Replaces control characters and unpaired surrogates by a character that no name contains. PostgreSQL refuses some of them,
 * and removing them would find more entries.
 */
function typed(given: unknown): string {
  const first: unknown = Array.isArray(given) ? given[0] : given;
  const text = typeof first === 'string' ? first : '';
  return text
    .trim()
    .slice(0, longest)
    .replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd');
}
