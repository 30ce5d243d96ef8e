import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThanOrEqual } from 'typeorm';
import { Statements } from '../two-factor/database.js';
import { GateMarkRow } from './gate-mark.entity.js';
import type { Condition } from './session-columns.js';

/**
 * Which gates an account must pass, installed or not. Kept by the portal itself, so that taking a module out never opens
 * the accounts it protected.
 */
@Injectable()
export class GateMarks {
  constructor(private readonly database: DataSource) {}

  /** The account must pass this gate from now on. Repeating it, or being late, changes nothing for the worse. */
  async raise(accountId: string, gate: string, version: number): Promise<void> {
    const row = { accountId, gate, raised: 1, version };
    await this.database
      .createQueryBuilder()
      .insert()
      .into(GateMarkRow)
      .values(row)
      .orIgnore()
      .updateEntity(false)
      .execute();
    await this.set(row, this.database.manager);
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
    return this.set({ accountId, gate, raised: 0, version }, manager);
  }

  /** The gates this account must pass; one statement. */
  async raised(accountId: string): Promise<readonly string[]> {
    const rows = await new Statements(this.database).rows<{ gate: string }>(
      'SELECT gate FROM account_gates WHERE account_id = :accountId AND raised = 1',
      { accountId },
    );
    return rows.map(({ gate }) => gate);
  }

  /** A condition of SQL: this account has no raised gate but those that are installed. */
  static noneMissing(accountId: string, installed: readonly string[]): Condition {
    return {
      sql: `NOT EXISTS (SELECT 1 FROM account_gates
        WHERE account_id = :gatesOf AND raised = 1 AND gate NOT IN (:installed))`,
      // A list may not be empty; no gate has an empty name.
      values: { gatesOf: accountId, installed: installed.length > 0 ? installed : [''] },
    };
  }

  private async set(
    { accountId, gate, raised, version }: GateMarkRow,
    manager: EntityManager,
  ): Promise<boolean> {
    const where = { accountId, gate, version: LessThanOrEqual(version) };
    const result = await manager.update(GateMarkRow, where, { raised, version });
    return result.affected === 1;
  }
}
