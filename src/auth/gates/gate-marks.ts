import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThan, LessThanOrEqual } from 'typeorm';
import { Statements } from 'typeorm-unit-of-work';
import { GateMarkRow } from './gate-mark.entity.js';

/** What else must hold for a change, in SQL, with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: Readonly<Record<string, string | number | null | readonly string[]>>;
}

type Mark = Omit<GateMarkRow, 'sessionsEnded'>;

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

/** A change of an account that a module made, by the module's own count of changes. */
export interface ModuleChange {
  readonly accountId: string;
  /** The module's id. */
  readonly gate: string;
  readonly version: number;
}

/**
 * Which gates an account must pass, installed or not. Kept by the portal itself, so that taking a module out never opens
 * the accounts it protected.
 */
@Injectable()
export class GateMarks {
  constructor(private readonly database: DataSource) {}

  /**
   * The account must pass this gate from now on; the greater version stays. So a gate is raised too whose module counts from the
   * beginning again, since its tables were made anew; the sessions end with its changes again, too.
   */
  async raise(accountId: string, gate: string, version: number): Promise<void> {
    const { manager } = this.database;
    await insertNewMark({ accountId, gate, raised: 1, version }, manager);
    await new Statements(this.database, manager).execute(raiseMark, {
      ...{ accountId, gate, version },
      before: version - 1,
    });
  }

  /**
   * The account need not pass this gate any more; true when that changed something. Where the mark's version is newer
   * than `version` it stays: the account was protected again meanwhile.
   */
  async lower(
    accountId: string,
    gate: string,
    version: number,
    manager = this.database.manager,
  ): Promise<boolean> {
    const where = { accountId, gate, version: LessThanOrEqual(version) };
    return (await manager.update(GateMarkRow, where, { raised: 0, version })).affected === 1;
  }

  /** The gates this account must pass; one statement. */
  async raised(accountId: string): Promise<readonly string[]> {
    const rows = await new Statements(this.database).query<{ gate: string }>(
      'SELECT gate FROM account_gates WHERE account_id = :accountId AND raised = 1',
      { accountId },
    );
    return rows.map(({ gate }) => gate);
  }

  /** The newest version that is known of this gate while it is raised for the account; null: it is lowered, or never was raised. */
  async raisedAt(accountId: string, gate: string): Promise<number | null> {
    const [row] = await new Statements(this.database).query<Versions>(raisedMark, { accountId, gate });
    return row ? Math.max(Number(row.version), Number(row.sessions_ended)) : null;
  }

  /** The newest version of the module for whose change the account's other sessions were ended; 0: none. */
  async endedFor(accountId: string, gate: string): Promise<number> {
    const [row] = await new Statements(this.database).query<Pick<Versions, 'sessions_ended'>>(
      'SELECT sessions_ended FROM account_gates WHERE account_id = :accountId AND gate = :gate',
      { accountId, gate },
    );
    return Number(row?.sessions_ended ?? 0);
  }

  /**
   * Notes that the account's other sessions end for the module's change of this version. False: they were ended for this change,
   * or for a newer one, before. Leaves alone whether the gate is raised.
   */
  async noteEnded(change: ModuleChange, manager: EntityManager): Promise<boolean> {
    const { accountId, gate, version } = change;
    await insertNewMark({ accountId, gate, raised: 0, version: 0 }, manager);
    const where = { accountId, gate, sessionsEnded: LessThan(version) };
    return (await manager.update(GateMarkRow, where, { sessionsEnded: version })).affected === 1;
  }

  /** A condition of SQL: this account has no raised gate but these. */
  static noneRaisedBut(accountId: string, gates: readonly string[]): Condition {
    return {
      sql: `NOT EXISTS (SELECT 1 FROM account_gates
        WHERE account_id = :gatesOf AND raised = 1 AND gate NOT IN (:gates))`,
      // A list may not be empty; no gate has an empty name.
      values: { gatesOf: accountId, gates: gates.length > 0 ? gates : [''] },
    };
  }
}

/** Leaves a mark that is there as it is. */
async function insertNewMark(mark: Mark, manager: EntityManager): Promise<void> {
  const insertion = manager.createQueryBuilder().insert().into(GateMarkRow).values(mark);
  await insertion.orIgnore().updateEntity(false).execute();
}
