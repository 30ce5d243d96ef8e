import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { AccountRow } from '../../accounts/account.entity.js';
import { Clock } from '../../clock.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { isWithinLimits } from './session-limits.js';
import { Statements } from 'typeorm-unit-of-work';
import { changeSession, insertSession, insertWhile } from './session-columns.js';
import type { Condition } from '../gates/gate-marks.js';
import { SessionRow } from './session.entity.js';

/** A living session, as its owner sees it in the list. */
export type ListedSession = Pick<SessionRow, 'id' | 'createdAt' | 'lastSeenAt' | 'address' | 'agent'>;

/** What to do when a held login is no more. */
export const loginEnded = 'This sign-in has ended. Please sign in again.';

const listed = { id: true, createdAt: true, signedInAt: true, lastSeenAt: true, address: true, agent: true };

const theirs = `ended_at IS NULL AND (account_id = :accountId OR held_account_id = :accountId)`;
const versionNow = `(SELECT sessions_version FROM accounts WHERE id = :accountId)`;

/** A session that was alive before its account's version counted up is so again. */
const keepSession = `UPDATE sessions SET version = version + 1
  WHERE ${theirs} AND session_key = :keepKey AND version = ${versionNow} - 1`;

const endOlder = `UPDATE sessions SET ended_at = :now WHERE ${theirs} AND version < ${versionNow}`;

/**
 * The rows of sessions. Every change is one statement that asks for a living row, so nothing ended ever comes back and
 * of two simultaneous changes one finds nothing.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** A new row. */
  async insert(row: SessionRow, manager = this.database.manager): Promise<void> {
    await this.statements(manager).execute(...insertSession(row));
  }

  /**
   * A new row of a person signed in, where the account is still as the row says and `also` holds.
   * @throws PortalProblem CHALLENGE_EXPIRED when it is not, or `also` does not hold.
   */
  async insertWhile(row: SessionRow, manager: EntityManager, also: Condition): Promise<void> {
    if (await this.statements(manager).executeOne(...insertWhile(row, also))) return;
    throw new PortalProblem('CHALLENGE_EXPIRED', loginEnded);
  }

  /**
   * The row `from` gets a new id, and what else changes with it, where `also` holds; the old id is dead on every node.
   * @throws PortalProblem CHALLENGE_EXPIRED when somebody else changed or ended it first, or `also` does not hold.
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

  /** After a change that this session itself made to its account: it stays alive under the new stamp. */
  restamp(id: string, from: string, to: string, manager: EntityManager): Promise<boolean> {
    return this.change({ id, stamp: from }, { stamp: to }, manager);
  }

  /** Ends one session; false when it had ended already. */
  end(id: string, manager = this.database.manager): Promise<boolean> {
    return this.change({ id }, { endedAt: this.clock.now() }, manager);
  }

  /**
   * The held login under this id stands for nobody any more. Its row is not ended: an answer that was accepted at the same
   * moment goes on with it, so that a second click does not undo the first.
   */
  abandon(id: string, manager = this.database.manager): Promise<boolean> {
    return this.change({ id }, { heldState: null }, manager);
  }

  /** Ends one session of this account and of nobody else. */
  endOf(accountId: string, id: string, manager = this.database.manager): Promise<boolean> {
    return this.change({ id, accountId }, { endedAt: this.clock.now() }, manager);
  }

  /**
   * Ends every session and held login of the account but the one with `keepKey`, also those whose transaction has not committed
   * yet: the account's sessions version counts up, and each request compares. Answers how many living ones that were.
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

  /** The account's living sessions, the latest used first. Held logins are none. */
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

  /** Every sign-in comes through here, so no entity is made on the way. */
  private statements(manager: EntityManager): Statements {
    return new Statements(this.database, manager);
  }
}
