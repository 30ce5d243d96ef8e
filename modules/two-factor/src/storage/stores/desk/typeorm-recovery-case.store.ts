import { insertIgnore, type Statements, type Table } from 'typeorm-unit-of-work';
import {
  RecoveryCaseStore,
  type RecoveryCase,
  type RecoveryCaseChange,
  type RecoveryCaseState,
} from '../../../core/contracts/stores/desk/recovery-case.store.js';
import { areIds } from '../../../core/contracts/stores/ids.js';
import { longest } from '../../schema/column-types.js';
import { refuseLongTexts } from './long-texts.js';
import { caseOf, columns, rowOf, type CaseLine } from './recovery-case.mapper.js';

const cases: Table = {
  name: 'two_factor_recovery_cases',
  columns,
  maxLengths: {
    ...{ account_id: longest.id, id: longest.id, state: longest.name, stamp: longest.text },
    ...{ uses: longest.text, link_hash: longest.text, reason: longest.name },
  },
};

const select = `SELECT ${columns.join(', ')} FROM two_factor_recovery_cases`;

/** The assignments of a new case in the row of an ended one. */
const replaced = columns
  .filter((column) => column !== 'account_id')
  .map((column) => `${column} = :${column}`)
  .join(', ');

/** The assignment of each column that a change may write. */
const assignments: Readonly<Record<keyof RecoveryCaseChange, string>> = {
  state: 'state = :state',
  sealed: 'sealed = :sealed',
  progress: 'progress = :progress',
  reason: 'reason = :reason',
  endsAt: 'ends_at = :endsAt',
  dueAt: 'due_at = :dueAt',
};

/** Recovery cases in the table `two_factor_recovery_cases`. */
export class TypeOrmRecoveryCaseStore extends RecoveryCaseStore {
  constructor(private readonly statements: Statements) {
    super();
  }

  async open(opened: RecoveryCase): Promise<boolean> {
    const row = rowOf(opened);
    refuseLongTexts(cases, row);
    const reopened = await this.statements.executeOne(
      `UPDATE two_factor_recovery_cases SET ${replaced}
       WHERE account_id = :account_id AND state IN ('completed', 'cancelled')`,
      row,
    );
    return reopened || (await insertIgnore(this.statements, cases, [row])) === 1;
  }

  async ofAccount(accountId: string): Promise<RecoveryCase | null> {
    if (!areIds(accountId)) return null;
    return this.one(`${select} WHERE account_id = :accountId`, { accountId });
  }

  async find(id: string): Promise<RecoveryCase | null> {
    if (!areIds(id)) return null;
    return this.one(`${select} WHERE id = :id`, { id });
  }

  async list(states: readonly RecoveryCaseState[], limit: number): Promise<readonly RecoveryCase[]> {
    if (states.length === 0) return [];
    const sql = `${select} WHERE state IN (:states) ORDER BY opened_at, id LIMIT ${Math.trunc(limit)}`;
    return (await this.statements.query<CaseLine>(sql, { states })).map(caseOf);
  }

  async due(now: number, limit: number): Promise<readonly RecoveryCase[]> {
    const sql = `${select} WHERE due_at <= :now AND state IN ('open', 'approved')
      ORDER BY due_at, id LIMIT ${Math.trunc(limit)}`;
    return (await this.statements.query<CaseLine>(sql, { now })).map(caseOf);
  }

  async update(
    { id, accountId, version }: Pick<RecoveryCase, 'id' | 'accountId' | 'version'>,
    change: RecoveryCaseChange,
  ): Promise<boolean> {
    if (!areIds(id, accountId)) return false;
    const given = Object.entries(assignments).filter(([name]) => name in change);
    const sets = [...given.map(([, assignment]) => assignment), 'version = version + 1'];
    return this.statements.executeOne(
      `UPDATE two_factor_recovery_cases SET ${sets.join(', ')}
       WHERE account_id = :accountId AND id = :id AND version = :version`,
      { ...change, id, accountId, version },
    );
  }

  async discard(accountId: string): Promise<void> {
    if (!areIds(accountId)) return;
    await this.statements.execute('DELETE FROM two_factor_recovery_cases WHERE account_id = :accountId', {
      accountId,
    });
  }

  private async one(sql: string, values: Readonly<Record<string, string>>): Promise<RecoveryCase | null> {
    const [line] = await this.statements.query<CaseLine>(sql, values);
    return line ? caseOf(line) : null;
  }
}
