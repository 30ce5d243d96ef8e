import { type Role, roles } from '../accounts/account.js';
import type { NamedProtection } from '../portal/modules.js';
import { oneText } from './one-text.js';

/** Where a page of the clients' list ends; the next one begins behind it. */
export interface ClientPlace {
  /** When the account was made, UTC ms. */
  readonly createdAt: number;
  readonly id: string;
}

/** Whether the accounts shall be protected by this gate. */
export interface ProtectionChoice {
  readonly gate: string;
  readonly on: boolean;
}

/** What the list was asked for; what is left out does not narrow. */
export interface ClientFilter {
  /** Words that must all be in name or e-mail address. */
  readonly text: string;
  readonly protections: readonly ProtectionChoice[];
  readonly role?: Role;
  readonly state?: 'active' | 'suspended';
  readonly after?: ClientPlace;
}

const protectionStates = ['on', 'off'] as const;
const accountStates = ['active', 'suspended'] as const;

/** Reads whatever stands in the address. It never refuses: what cannot be meant is as if it had not been typed. */
export function readClientFilter(
  query: Readonly<Record<string, unknown>>,
  protections: readonly NamedProtection[] = [],
): ClientFilter {
  const given = {
    role: chosen(query['role'], roles),
    state: chosen(query['state'], accountStates),
    after: placeOf(oneText(query['after'])),
  };
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return {
    text: searched(oneText(query['q'])),
    protections: protections.flatMap((each) => choiceOf(each, query)),
    ...Object.fromEntries(known),
  };
}

/** A place of the list as it stands in addresses: `<time>-<id>`. */
export function placeText({ createdAt, id }: ClientPlace): string {
  return `${createdAt}-${id}`;
}

function placeOf(text: string): ClientPlace | undefined {
  const [, createdAt, id] = /^(\d{1,15})-([\w-]{1,64})$/.exec(text) ?? [];
  return createdAt && id ? { createdAt: Number(createdAt), id } : undefined;
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

/** No name and no address has characters that cannot be seen; pasted text often does, and PostgreSQL refuses some. */
function searched(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\p{C}/gu, '').trim().normalize('NFC');
}
