import { type Role, roles } from '../../accounts/account.js';
import { type Place, readPlace } from '../../database/list-page.js';
import type { NamedProtection } from '../../portal/modules/modules.js';
import { firstQueryValue } from '../common/first-query-value.js';
import { searchText } from '../common/search-text.js';

/** A filter for accounts that this gate protects, or does not protect. */
export interface ProtectionChoice {
  readonly gate: string;
  readonly on: boolean;
}

/** The filter of the list; a field that is left out does not filter. */
export interface ClientFilter {
  /** Words that must all occur in name or e-mail address. */
  readonly text: string;
  readonly protections: readonly ProtectionChoice[];
  readonly role?: Role;
  readonly state?: 'active' | 'suspended';
  /** The time is the creation time of the account. */
  readonly after?: Place;
}

const protectionStates = ['on', 'off'] as const;
const accountStates = ['active', 'suspended'] as const;

/** Reads the URL's query. It never refuses: invalid values are ignored. */
export function readClientFilter(
  query: Readonly<Record<string, unknown>>,
  protections: readonly NamedProtection[] = [],
): ClientFilter {
  const given = {
    role: chosen(query['role'], roles),
    state: chosen(query['state'], accountStates),
    after: readPlace(firstQueryValue(query['after'])),
  };
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(known),
    text: searchText(firstQueryValue(query['q'])),
    protections: protections.flatMap((each) => choiceOf(each, query)),
  };
}

function choiceOf(
  { gate, name }: NamedProtection,
  query: Readonly<Record<string, unknown>>,
): ProtectionChoice[] {
  const state = chosen(query[name], protectionStates);
  return state ? [{ gate, on: state === 'on' }] : [];
}

function chosen<T extends string>(given: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === given);
}
