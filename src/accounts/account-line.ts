import type { Account, Role } from './account.js';

/** A row of `accounts` as the database driver returns it. */
export interface AccountLine {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly stamp: string;
  readonly sessions_version: number;
  readonly suspended_at: number | string | null;
  readonly locale: string | null;
  readonly time_zone: string | null;
}

/** A row with the hash of its password; no hash leaves the service. */
export interface AccountLineWithHash extends AccountLine {
  readonly password_hash: string;
}

/** The columns of an `AccountLine`. */
export const accountColumns =
  'id, name, email, role, stamp, sessions_version, suspended_at, locale, time_zone';

/** The account of a row. */
export function accountOf(line: AccountLine): Account {
  const { id, name, email, role, stamp, sessions_version, suspended_at, locale, time_zone: timeZone } = line;
  const suspended = suspended_at !== null;
  return { id, name, email, role, stamp, sessionsVersion: sessions_version, suspended, locale, timeZone };
}
