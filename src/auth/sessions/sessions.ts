import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { AccountRow } from '../../accounts/account.entity.js';
import { Clock } from '../../clock.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { isWithinLimits } from './session-limits.js';
import { Statements } from 'typeorm-unit-of-work';
import { changeSession, insertSession, insertWhile } from './rows/session-columns.js';
import type { Condition } from '../gates/gate-flags.js';
import { SessionRow } from './rows/session.entity.js';

/** A valid session, as its owner sees it in the list. */
export type ListedSession = Pick<SessionRow, 'id' | 'createdAt' | 'lastSeenAt' | 'address' | 'agent'>;

/** The advice when a pending login no longer exists. */
export const loginEnded = 'This sign-in has ended. Please sign in again.';

const listed = { id: true, createdAt: true, signedInAt: true, lastSeenAt: true, address: true, agent: true };

const theirs = `ended_at IS NULL AND (account_id = :accountId OR pending_account_id = :accountId)`;
const versionNow = `(SELECT sessions_version FROM accounts WHERE id = :accountId)`;

/** A session that was valid before its account's version was increased stays valid. */
const keepSession = `UPDATE sessions SET version = version + 1
  WHERE ${theirs} AND session_key = :keepKey AND version = ${versionNow} - 1`;

const endOlder = `UPDATE sessions SET ended_at = :now WHERE ${theirs} AND version < ${versionNow}`;

/**
 * The rows of sessions. Every change is one statement that requires a valid row. Therefore an ended session never returns, and
 * of two simultaneous changes one finds no row.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Inserts a row. */
  async insert(row: SessionRow, manager = this.database.manager): Promise<void> {
    await this.statements(manager).execute(...insertSession(row));
  }

  /**
   * Inserts the row of a signed-in person if the account still matches the row and `also` holds.
   * @throws PortalProblem CHALLENGE_EXPIRED when the account has changed, or `also` does not hold.
   */
  async insertWhile(row: SessionRow, manager: EntityManager, also: Condition): Promise<void> {
    if (await this.statements(manager).executeOne(...insertWhile(row, also))) return;
    throw new PortalProblem('CHALLENGE_EXPIRED', loginEnded);
  }

  /**
   * Gives the row `from` a new id and the other changes, if `also` holds. The old id becomes invalid on every node.
   * @throws PortalProblem CHALLENGE_EXPIRED when another request changed or ended it first, or `also` does not hold.
   */
  async move(
    from: string,
    change: Partial<SessionRow>,
    manager = this.database.manager,
    also?: Condition,
  ): Promise<void> {
    if (await this.statements(manager).executeOne(...changeSession({ id: from }, change, also))) return;
    throw new PortalProblem('CHALLENGE_EXPIRED', loginEnded);
  }

  /** Called after this session itself changed its account: the session stays valid under the new stamp. */
  restamp(id: string, from: string, to: string, manager: EntityManager): Promise<boolean> {
    return this.change({ id, stamp: from }, { stamp: to }, manager);
  }

  /** Ends one session; returns false when it was already ended. */
  end(id: string, manager = this.database.manager): Promise<boolean> {
    return this.change({ id }, { endedAt: this.clock.now() }, manager);
  }

  /**
   * Detaches the pending login from this id. The row is not ended: an answer that was accepted at the same moment continues
   * with it, so a second click does not undo the first.
   */
  abandon(id: string, manager = this.database.manager): Promise<boolean> {
    return this.change({ id }, { pendingState: null }, manager);
  }

  /** Ends one session of this account only. */
  endOf(accountId: string, id: string, manager = this.database.manager): Promise<boolean> {
    return this.change({ id, accountId }, { endedAt: this.clock.now() }, manager);
  }

  /**
   * Ends every session and pending login of the account except the one with `keepKey`. Uncommitted new sessions end too,
   * because the account's sessions version is increased and each request compares it. Returns the number of valid sessions that
   * were ended.
   */
  async endOthers(
    accountId: string,
    keepKey: string | null,
    manager = this.database.manager,
  ): Promise<number> {
    await manager.increment(AccountRow, { id: accountId }, 'sessionsVersion', 1);
    if (keepKey !== null) await this.statements(manager).execute(keepSession, { accountId, keepKey });
    return this.statements(manager).execute(endOlder, { accountId, now: this.clock.now() });
  }

  /** The account's valid sessions, the most recently used first. Pending logins are not included. */
  async list(account: Account): Promise<readonly ListedSession[]> {
    const rows = await this.database.manager.find(SessionRow, {
      select: listed,
      where: {
        accountId: account.id,
        endedAt: IsNull(),
        stamp: account.stamp,
        version: account.sessionsVersion,
      },
      order: { lastSeenAt: 'DESC', id: 'ASC' },
    });
    const now = this.clock.now();
    return rows.filter((row) => isWithinLimits(row, account.role, now));
  }

  private async change(
    where: Partial<Pick<SessionRow, 'id' | 'accountId' | 'stamp'>> & { id: string },
    change: Partial<SessionRow>,
    manager: EntityManager,
  ): Promise<boolean> {
    return this.statements(manager).executeOne(...changeSession(where, change));
  }

  /** Every sign-in uses these statements, so they create no entity. */
  private statements(manager: EntityManager): Statements {
    return new Statements(this.database, manager);
  }
}
