import { randomBytes } from 'node:crypto';
import { isEmail } from 'class-validator';
import { unusableCharacter } from './profile/unusable-character.js';

/** Permissions of an account: customers see their own data, staff see the data of others. */
export const roles = ['customer', 'support', 'admin'] as const;

export type Role = (typeof roles)[number];

/** One person's login, as the rest of the portal sees it: plain data, without the row and without the hash. */
export interface Account {
  readonly id: string;
  readonly name: string;
  /** Lower case, NFKC. */
  readonly email: string;
  readonly role: Role;
  /** The security stamp: random, and replaced with every change of password, e-mail, role or suspension. */
  readonly stamp: string;
  /** Counts up when the account's other sessions are ended. A session that began under another version is invalid. */
  readonly sessionsVersion: number;
  /** A suspended account cannot sign in, and its sessions are invalid. */
  readonly suspended: boolean;
  /** BCP 47 tag of the language that the person chose; null: none chosen, so the browser's language is used. */
  readonly locale: string | null;
  /** IANA name of the time zone that the person chose; null: none chosen, so the browser's zone is used. */
  readonly timeZone: string | null;
}

/** The facts that a new account is created from. */
export type AccountFacts = Pick<Account, 'email' | 'name' | 'role'>;

/** The input for creating an account. */
export interface NewAccount extends AccountFacts {
  /** In clear text; it is hashed before anything is stored. */
  readonly password: string;
}

/** Returns a stamp that no account has had. Everything that was begun under the old stamp is void. */
export function freshStamp(): string {
  return randomBytes(24).toString('base64url');
}

/** Returns the one spelling under which an address is stored and looked up. The function is idempotent. */
export function normalEmail(email: string): string {
  // Normalized twice: some lower-case letters have a composed form although the upper-case letters have none.
  return email.normalize('NFKC').trim().toLowerCase().normalize('NFKC');
}

/**
 * Returns whether mail can be sent to this address, given in its normal form. Only one plain address is accepted. Quotes,
 * blanks and invisible characters are refused, because a mail header could interpret them differently from a person.
 */
export function acceptableEmail(email: string): boolean {
  return email.length <= 254 && isEmail(email) && /^[^\s\p{C}"\\]+$/u.test(email);
}

/**
 * Returns whether the text can be a person's name. Control characters are refused: they would reach mail headers and terminals.
 */
export function acceptableName(name: string): boolean {
  return /^[^\p{C}]{1,100}$/u.test(name.trim());
}

/** Returns one sentence that says why an account cannot be created from these facts; null when it can. */
export function accountFault(account: AccountFacts): string | null {
  if (!acceptableEmail(normalEmail(account.email)))
    return `${JSON.stringify(account.email)} is not an e-mail address.`;
  const unusable = unusableCharacter(account.name);
  if (unusable)
    return `The character at place ${unusable.place} of the name (${unusable.code}) cannot be used.`;
  if (!acceptableName(account.name)) return 'A name has 1 to 100 characters.';
  if (!roles.includes(account.role)) return `A role is one of ${roles.join(', ')}.`;
  return null;
}
