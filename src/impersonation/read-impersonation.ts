import type { DataSource } from 'typeorm';
import { Statements } from 'typeorm-unit-of-work';
import { type AccountLine, accountOf } from '../accounts/account-line.js';
import type { Account } from '../accounts/account.js';

/** An agent acts as a client: part of the agent's session. */
export interface Impersonation {
  readonly id: string;
  /** As the database has it at the time of this request. */
  readonly client: Account;
  /** UTC ms. */
  readonly expiresAt: number;
}

/** A row of `impersonations` with the client, as the driver returns it: 64-bit numbers may be text. */
interface ImpersonationLine extends AccountLine {
  readonly impersonation_id: string;
  readonly expires_at: number | string;
}

const find = `SELECT i.id AS impersonation_id, i.expires_at,
    a.id, a.name, a.email, a.role, a.stamp, a.sessions_version, a.suspended_at, a.locale, a.time_zone
  FROM impersonations i INNER JOIN accounts a ON a.id = i.client_id
  WHERE i.session_key = :sessionKey AND i.ended_at IS NULL AND i.expires_at > :now
    AND a.stamp = i.client_stamp AND a.sessions_version = i.client_version AND a.suspended_at IS NULL
    AND a.role = 'customer'`;

/** The impersonation of a session of staff; undefined where there is none, or where it is over. One statement. */
export async function readImpersonation(
  database: DataSource,
  sessionKey: string,
  now: number,
): Promise<Impersonation | undefined> {
  const [line] = await new Statements(database).query<ImpersonationLine>(find, { sessionKey, now });
  if (!line) return undefined;
  return { id: line.impersonation_id, client: accountOf(line), expiresAt: Number(line.expires_at) };
}
