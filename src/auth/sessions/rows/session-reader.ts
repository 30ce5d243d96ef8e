import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Account, Role } from '../../../accounts/account.js';
import { type Impersonation, readImpersonation } from '../../../impersonation/read-impersonation.js';
import { Clock } from '../../../clock.js';
import type { CurrentSession, PendingSession, RequestSession } from '../current-session.js';
import { Statements } from 'typeorm-unit-of-work';
import { isWithinLimits } from '../session-limits.js';

/** A row of `sessions` joined with its account, as the driver returns it: 64-bit numbers may be text. */
interface Joined {
  readonly id: string;
  readonly account_id: string | null;
  readonly session_key: string;
  readonly created_at: number | string;
  readonly signed_in_at: number | string | null;
  readonly last_seen_at: number | string;
  readonly pending_login_id: string | null;
  readonly pending_state: string | null;
  readonly pending_gate: string | null;
  readonly pending_return_to: string | null;
  readonly owner_id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly stamp: string;
  readonly sessions_version: number;
  readonly locale: string | null;
  readonly time_zone: string | null;
}

const living = `
  SELECT s.id, s.account_id, s.session_key, s.created_at, s.signed_in_at, s.last_seen_at,
    s.pending_login_id, s.pending_state, s.pending_gate, s.pending_return_to,
    a.id AS owner_id, a.name, a.email, a.role, a.stamp, a.sessions_version, a.locale, a.time_zone
  FROM sessions s INNER JOIN accounts a ON a.id = COALESCE(s.account_id, s.pending_account_id)
  WHERE s.id = :id AND s.ended_at IS NULL AND a.stamp = s.stamp AND a.sessions_version = s.version
    AND a.suspended_at IS NULL`;

/**
 * Reads the state of a session with one statement a request, and with two for staff. The end of a session therefore takes effect with the next request,
 * on every node.
 */
@Injectable()
export class SessionReader {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The current state of the row. Null when it is unknown, ended or expired, or when its account has changed. */
  async read(id: string): Promise<RequestSession | null> {
    const [row] = await new Statements(this.database).query<Joined>(living, { id });
    const standing = row ? this.standingOf(row) : null;
    if (!standing?.current) return standing;
    const impersonation = await this.impersonationOf(standing.current);
    return impersonation ? { ...standing, impersonation } : standing;
  }

  /** Only staff act as clients, so the sessions of customers cost no statement more. */
  private async impersonationOf({ account, key }: CurrentSession): Promise<Impersonation | undefined> {
    if (account.role === 'customer') return undefined;
    return readImpersonation(this.database, key, this.clock.now());
  }

  private standingOf(row: Joined): RequestSession | null {
    const times = {
      createdAt: Number(row.created_at),
      lastSeenAt: Number(row.last_seen_at),
      signedInAt: row.signed_in_at === null ? null : Number(row.signed_in_at),
    };
    if (!isWithinLimits(times, row.role, this.clock.now())) return null;
    const { id } = row;
    const { lastSeenAt, signedInAt } = times;
    // Missing state denies: a row that is neither signed in nor pending gives no access.
    if (row.account_id !== null && signedInAt !== null)
      return { id, lastSeenAt, current: currentOf(row, signedInAt) };
    const pending = pendingOf(row, times.createdAt);
    return pending && { id, lastSeenAt, pending };
  }
}

function currentOf(row: Joined, signedInAt: number): CurrentSession {
  return { account: accountOf(row), key: row.session_key, signedInAt };
}

function pendingOf(row: Joined, begunAt: number): PendingSession | null {
  const { pending_login_id: id, pending_state: state, pending_gate: gate } = row;
  if (row.account_id !== null || !id || !state || !gate) return null;
  return {
    id,
    account: accountOf(row),
    key: row.session_key,
    state,
    gate,
    returnTo: row.pending_return_to ?? '/',
    begunAt,
  };
}

function accountOf(row: Joined): Account {
  const { owner_id: id, name, email, role, stamp, sessions_version: sessionsVersion, locale } = row;
  return { id, name, email, role, stamp, sessionsVersion, suspended: false, locale, timeZone: row.time_zone };
}
