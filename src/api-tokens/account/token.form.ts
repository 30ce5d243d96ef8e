import { IsString, Matches, ValidateBy } from 'class-validator';
import { type FieldError, keptText } from '../../portal/forms/form.js';
import { tokenScopes, type TokenScopeName } from '../bearer/scopes.js';

/** One line with at least one visible character. */
const readable = /^(?=.*[^\s\p{C}])[^\p{C}]{1,60}$/u;
const named = { message: 'tokens.name-needed' };
const scoped = { message: 'tokens.scopes-needed' };
const limited = { message: 'tokens.days-needed' };
const isChoice = (value: unknown) => scopesIn(value).length > 0;
const isLife = (value: unknown) => value === undefined || daysIn(value) !== null;

/** The days of a token where none are given. */
export const usualDays = 90;
const mostDays = 365;

/** The form for a new token. */
export class NewTokenForm {
  @IsString(named)
  @Matches(readable, named)
  name: string;

  /** The names of scopes: a list, or one text with blanks between them (RFC 6749 §3.3). */
  @ValidateBy({ name: 'scopes', validator: { validate: isChoice } }, scoped)
  scopes: unknown;

  /** 1 to 365, as a number or its digits. Left out: 90. */
  @ValidateBy({ name: 'days', validator: { validate: isLife } }, limited)
  expiresInDays?: unknown;
}

/** The chosen scopes, in the order of the list; none where anything but a known scope is given. */
export function scopesIn(value: unknown): TokenScopeName[] {
  const given: readonly unknown[] =
    typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [];
  const isKnown = given.every((each) => tokenScopes.some((scope) => scope === each));
  return isKnown ? tokenScopes.filter((scope) => given.includes(scope)) : [];
}

/** The days of a token; null where they are no whole number from 1 to 365. */
export function daysIn(value: unknown): number | null {
  if (value === undefined) return usualDays;
  // An object may have no text at all, so nothing else is converted.
  const days = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value;
  return Number.isInteger(days) && Number(days) >= 1 && Number(days) <= mostDays ? Number(days) : null;
}

/** What was typed, for the form that is shown again. */
export function typedToken(body: Readonly<Record<string, unknown>>) {
  const chosen = scopesIn(body['scopes']);
  const { expiresInDays: days } = body;
  return {
    name: keptText(body['name'], 60),
    days: typeof days === 'number' ? String(days) : keptText(days, 10),
    scopes: tokenScopes.map((scope) => ({ scope, chosen: chosen.includes(scope) })),
  };
}

/** The form as it is first shown: nothing is chosen. */
export const emptyForm = { ...typedToken({}), days: String(usualDays) };

/** The refusal of a name that a valid token has already. */
export const nameTaken: FieldError = { field: 'name', key: 'tokens.name-taken' };
