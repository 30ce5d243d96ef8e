import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThan, LessThanOrEqual } from 'typeorm';
import { Statements } from 'typeorm-unit-of-work';
import { GateFlagRow } from './gate-flag.entity.js';

/** An additional SQL condition for a change, with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: Readonly<Record<string, string | number | null | readonly string[]>>;
}

type FlagState = Omit<GateFlagRow, 'sessionsEnded'>;

interface Versions {
  readonly version: number | string;
  readonly sessions_ended: number | string;
}

const raisedMark = `SELECT version, sessions_ended FROM account_gates
  WHERE account_id = :accountId AND gate = :gate AND raised = 1`;

const raiseMark = `UPDATE account_gates
  SET raised = 1, version = CASE WHEN version < :version THEN :version ELSE version END,
    sessions_ended = CASE WHEN sessions_ended < :version THEN sessions_ended ELSE :before END
  WHERE account_id = :accountId AND gate = :gate`;

/** A change of an account by a module, with the module's own version number. */
export interface ModuleChange {
  readonly accountId: string;
  /** The module's id. */
  readonly gate: string;
  readonly version: number;
}

/**
 * The gates that an account must pass, installed or not. The portal stores them itself, so removing a module never opens the
 * accounts that it protected.
 */
@Injectable()
export class GateFlags {
  constructor(private readonly database: DataSource) {}

  /**
   * Requires this gate for the account; the greater version stays. The flag is therefore also set if a module's tables were
   * recreated and its versions restart. Its changes then end sessions again, too.
   */
  async set(accountId: string, gate: string, version: number): Promise<void> {
    const { manager } = this.database;
    await insertNewMark({ accountId, gate, raised: 1, version }, manager);
    await new Statements(this.database, manager).execute(raiseMark, {
      accountId,
      gate,
      version,
      before: version - 1,
    });
  }

  /**
   * Clears the flag; returns true when that changed something. A flag with a newer version than `version` stays, because the
   * account was protected again meanwhile.
   */
  async clear(
    accountId: string,
    gate: string,
    version: number,
    manager = this.database.manager,
  ): Promise<boolean> {
    const where = { accountId, gate, version: LessThanOrEqual(version) };
    return (await manager.update(GateFlagRow, where, { raised: 0, version })).affected === 1;
  }

  /** The gates that this account must pass; one statement. */
  async raised(accountId: string): Promise<readonly string[]> {
    const rows = await new Statements(this.database).query<{ gate: string }>(
      'SELECT gate FROM account_gates WHERE account_id = :accountId AND raised = 1',
      { accountId },
    );
    return rows.map(({ gate }) => gate);
  }

  /** The newest known version while the account must pass this gate; null: the flag is cleared or was never set. */
  async raisedAt(accountId: string, gate: string): Promise<number | null> {
    const [row] = await new Statements(this.database).query<Versions>(raisedMark, { accountId, gate });
    return row ? Math.max(Number(row.version), Number(row.sessions_ended)) : null;
  }

  /** The newest version of the module whose change ended the account's other sessions; 0: none. */
  async endedFor(accountId: string, gate: string): Promise<number> {
    const [row] = await new Statements(this.database).query<Pick<Versions, 'sessions_ended'>>(
      'SELECT sessions_ended FROM account_gates WHERE account_id = :accountId AND gate = :gate',
      { accountId, gate },
    );
    return Number(row?.sessions_ended ?? 0);
  }

  /**
   * Records that the account's other sessions end for this version of the module's change. Returns false when they were ended
   * for this version or a newer one before. Does not change the flag itself.
   */
  async noteEnded(change: ModuleChange, manager: EntityManager): Promise<boolean> {
    const { accountId, gate, version } = change;
    await insertNewMark({ accountId, gate, raised: 0, version: 0 }, manager);
    const where = { accountId, gate, sessionsEnded: LessThan(version) };
    return (await manager.update(GateFlagRow, where, { sessionsEnded: version })).affected === 1;
  }

  /** An SQL condition: the account must pass no gates except these. */
  static noneRaisedBut(accountId: string, gates: readonly string[]): Condition {
    return {
      sql: `NOT EXISTS (SELECT 1 FROM account_gates
        WHERE account_id = :gatesOf AND raised = 1 AND gate NOT IN (:gates))`,
      // An SQL list may not be empty, and no gate has an empty name.
      values: { gatesOf: accountId, gates: gates.length > 0 ? gates : [''] },
    };
  }
}

/**
 * Leaves an existing row unchanged, and locks it. MariaDB's INSERT IGNORE would only share the lock: two transactions that then
 * change the row would wait for each other.
 */
async function insertNewMark(mark: FlagState, manager: EntityManager): Promise<void> {
  const insertion = manager.createQueryBuilder().insert().into(GateFlagRow).values(mark);
  await insertion.orUpdate(['gate'], ['account_id', 'gate']).updateEntity(false).execute();
}
