import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Account, Role } from '../../accounts/account.js';
import { Clock } from '../../clock.js';
import type { CurrentSession, HeldSession, Standing } from './current-session.js';
import { Statements } from 'typeorm-unit-of-work';
import { isWithinLimits } from './session-limits.js';

/** A row of `sessions` with its account's, as the driver gives it: 64-bit numbers may be text. */
interface Joined {
  readonly id: string;
  readonly account_id: string | null;
  readonly session_key: string;
  readonly created_at: number | string;
  readonly signed_in_at: number | string | null;
  readonly last_seen_at: number | string;
  readonly held_login_id: string | null;
  readonly held_state: string | null;
  readonly held_gate: string | null;
  readonly held_return_to: string | null;
  readonly owner_id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly stamp: string;
  readonly sessions_version: number;
  readonly locale: string | null;
}

const living = `
  SELECT s.id, s.account_id, s.session_key, s.created_at, s.signed_in_at, s.last_seen_at,
    s.held_login_id, s.held_state, s.held_gate, s.held_return_to,
    a.id AS owner_id, a.name, a.email, a.role, a.stamp, a.sessions_version, a.locale
  FROM sessions s INNER JOIN accounts a ON a.id = COALESCE(s.account_id, s.held_account_id)
  WHERE s.id = :id AND s.ended_at IS NULL AND a.stamp = s.stamp AND a.sessions_version = s.version
    AND a.suspended_at IS NULL`;

/** Reads what a session stands for: one statement a request, so that whatever ends it acts at the next one, everywhere. */
@Injectable()
export class SessionReader {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** What the row stands for now; null when it is unknown, ended, outlived, or its account is not what it was. */
  async read(id: string): Promise<Standing | null> {
    const [row] = await new Statements(this.database).query<Joined>(living, { id });
    return row ? this.standingOf(row) : null;
  }

  private standingOf(row: Joined): Standing | null {
    const times = {
      createdAt: Number(row.created_at),
      lastSeenAt: Number(row.last_seen_at),
      signedInAt: row.signed_in_at === null ? null : Number(row.signed_in_at),
    };
    if (!isWithinLimits(times, row.role, this.clock.now())) return null;
    const { id } = row;
    const { lastSeenAt, signedInAt } = times;
    // Missing state denies: a row that is neither whole nor held stands for nobody.
    if (row.account_id !== null && signedInAt !== null)
      return { id, lastSeenAt, current: currentOf(row, signedInAt) };
    const held = heldOf(row, times.createdAt);
    return held && { id, lastSeenAt, held };
  }
}

function currentOf(row: Joined, signedInAt: number): CurrentSession {
  return { account: accountOf(row), key: row.session_key, signedInAt };
}

function heldOf(row: Joined, begunAt: number): HeldSession | null {
  const { held_login_id: id, held_state: state, held_gate: gate } = row;
  if (row.account_id !== null || !id || !state || !gate) return null;
  return {
    id,
    account: accountOf(row),
    key: row.session_key,
    state,
    gate,
    returnTo: row.held_return_to ?? '/',
    begunAt,
  };
}

function accountOf({ owner_id: id, name, email, role, stamp, sessions_version, locale }: Joined): Account {
  return { id, name, email, role, stamp, sessionsVersion: sessions_version, suspended: false, locale };
}
