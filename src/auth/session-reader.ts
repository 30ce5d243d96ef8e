import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccountRow } from '../accounts/account.entity.js';
import type { Account, Role } from '../accounts/account.js';
import { Clock } from '../clock.js';
import type { CurrentSession, HeldSession, Standing } from './current-session.js';
import { SessionRow } from './session.entity.js';
import { isWithinLimits } from './session-limits.js';

/** A row of `sessions` with its account's, as the driver gives it: 64-bit numbers may be text. */
interface Joined {
  readonly id: string;
  readonly accountId: string | null;
  readonly sessionKey: string;
  readonly createdAt: number | string;
  readonly signedInAt: number | string | null;
  readonly lastSeenAt: number | string;
  readonly heldLoginId: string | null;
  readonly heldState: string | null;
  readonly heldGate: string | null;
  readonly heldReturnTo: string | null;
  readonly ownerId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly stamp: string;
  readonly locale: string | null;
}

const columns: Readonly<Record<keyof Joined, string>> = {
  id: 's.id',
  accountId: 's.account_id',
  sessionKey: 's.session_key',
  createdAt: 's.created_at',
  signedInAt: 's.signed_in_at',
  lastSeenAt: 's.last_seen_at',
  heldLoginId: 's.held_login_id',
  heldState: 's.held_state',
  heldGate: 's.held_gate',
  heldReturnTo: 's.held_return_to',
  ownerId: 'a.id',
  name: 'a.name',
  email: 'a.email',
  role: 'a.role',
  stamp: 'a.stamp',
  locale: 'a.locale',
};

/** Reads what a session stands for: one statement a request, so that whatever ends it acts at the next one, everywhere. */
@Injectable()
export class SessionReader {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** What the row stands for now; null when it is unknown, ended, outlived, or its account is not what it was. */
  async read(id: string): Promise<Standing | null> {
    const query = this.database.createQueryBuilder().select([]).from(SessionRow, 's');
    for (const [name, column] of Object.entries(columns)) query.addSelect(column, name);
    const row = await query
      .innerJoin(AccountRow, 'a', 'a.id = COALESCE(s.account_id, s.held_account_id)')
      .where('s.id = :id AND s.ended_at IS NULL', { id })
      .andWhere('a.stamp = s.stamp AND a.suspended_at IS NULL')
      .getRawOne<Joined>();
    return row ? this.standingOf(row) : null;
  }

  private standingOf(row: Joined): Standing | null {
    const times = {
      createdAt: Number(row.createdAt),
      lastSeenAt: Number(row.lastSeenAt),
      signedInAt: row.signedInAt === null ? null : Number(row.signedInAt),
    };
    if (!isWithinLimits(times, row.role, this.clock.now())) return null;
    const { id } = row;
    const { lastSeenAt, signedInAt } = times;
    // Missing state denies: a row that is neither whole nor held stands for nobody.
    if (row.accountId !== null && signedInAt !== null)
      return { id, lastSeenAt, current: currentOf(row, signedInAt) };
    const held = heldOf(row, times.createdAt);
    return held && { id, lastSeenAt, held };
  }
}

function currentOf(row: Joined, signedInAt: number): CurrentSession {
  return { account: accountOf(row), key: row.sessionKey, signedInAt };
}

function heldOf(row: Joined, begunAt: number): HeldSession | null {
  const { heldLoginId, heldState, heldGate } = row;
  if (row.accountId !== null || !heldLoginId || !heldState || !heldGate) return null;
  return {
    id: heldLoginId,
    account: accountOf(row),
    key: row.sessionKey,
    state: heldState,
    gate: heldGate,
    returnTo: row.heldReturnTo ?? '/',
    begunAt,
  };
}

function accountOf({ ownerId, name, email, role, stamp, locale }: Joined): Account {
  return { id: ownerId, name, email, role, stamp, suspended: false, locale };
}
