import { isEmail } from 'class-validator';

/** What an account may do: customers see their own things, staff those of others. */
export const roles = ['customer', 'support', 'admin'] as const;

export type Role = (typeof roles)[number];

/** One person's login, as the rest of the portal sees it: plain data, never the row, never the hash. */
export interface Account {
  readonly id: string;
  readonly name: string;
  /** Lower case, NFKC. */
  readonly email: string;
  readonly role: Role;
  /** Random; a new one with every change of password, e-mail, role or suspension. */
  readonly stamp: string;
  /** Counts up when the account's other sessions are ended; a session that began under another version is dead. */
  readonly sessionsVersion: number;
  /** A suspended account cannot sign in, and its sessions are dead. */
  readonly suspended: boolean;
  /** BCP 47 tag of the language they chose; null: none, so the browser's. */
  readonly locale: string | null;
}

/** What is said of an account when it is made. */
export type AccountFacts = Pick<Account, 'email' | 'name' | 'role'>;

/** What it takes to make an account. */
export interface NewAccount extends AccountFacts {
  /** In clear; hashed before anything is stored. */
  readonly password: string;
}

/** The one spelling under which an address is stored and looked up; its own is itself. */
export function normalEmail(email: string): string {
  // Twice: small letters may have a form in one character where capitals have none.
  return email.normalize('NFKC').trim().toLowerCase().normalize('NFKC');
}

/**
 * Can mail be sent to this address, in its normal form? One plain address: what a mail header would read otherwise than a
 * person does, as quotes, blanks and characters that are not seen, is in none.
 */
export function acceptableEmail(email: string): boolean {
  return email.length <= 254 && isEmail(email) && /^[^\s\p{C}"\\]+$/u.test(email);
}

/** Can somebody be called this? Control characters would reach mail headers and terminals. */
export function acceptableName(name: string): boolean {
  return /^[^\p{C}]{1,100}$/u.test(name.trim());
}

/** Says in one sentence why an account cannot be made like this; null when it can. */
export function accountFault(account: AccountFacts): string | null {
  if (!acceptableEmail(normalEmail(account.email)))
    return `${JSON.stringify(account.email)} is not an e-mail address.`;
  if (!acceptableName(account.name)) return 'A name has 1 to 100 printable characters.';
  if (!roles.includes(account.role)) return `A role is one of ${roles.join(', ')}.`;
  return null;
}
