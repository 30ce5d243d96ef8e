import { insertIgnore, type Statements, type Table } from 'typeorm-unit-of-work';
import { CheckUpStore, type CheckUp } from '../../../core/contracts/stores/desk/check-up.store.js';
import { areIds } from '../../../core/contracts/stores/ids.js';
import { longest } from '../../schema/column-types.js';

const checkUps: Table = {
  name: 'two_factor_check_ups',
  columns: ['factor_id', 'account_id', 'passed_at', 'failed_at', 'later_at'],
  maxLengths: { factor_id: longest.id, account_id: longest.id },
};

interface CheckUpLine {
  readonly factor_id: string;
  readonly account_id: string;
  readonly passed_at: string | number | null;
  readonly failed_at: string | number | null;
  readonly later_at: string | number | null;
}

/** Check-ups in the table `two_factor_check_ups`. */
export class TypeOrmCheckUpStore extends CheckUpStore {
  constructor(private readonly statements: Statements) {
    super();
  }

  async list(accountId: string): Promise<readonly CheckUp[]> {
    if (!areIds(accountId)) return [];
    const lines = await this.statements.query<CheckUpLine>(
      `SELECT factor_id, account_id, passed_at, failed_at, later_at FROM two_factor_check_ups
       WHERE account_id = :accountId`,
      { accountId },
    );
    return lines.map(checkUpOf);
  }

  async record(
    { factorId, accountId }: Pick<CheckUp, 'factorId' | 'accountId'>,
    { passedAt = null, failedAt = null, laterAt = null }: Partial<CheckUp>,
  ): Promise<void> {
    if (!areIds(factorId, accountId)) return;
    const ids = { factor_id: factorId, account_id: accountId };
    const times = { passed_at: passedAt, failed_at: failedAt, later_at: laterAt };
    const row = { ...ids, ...times };
    if (await this.change(row)) return;
    // Another request may have stored the first one in between.
    if ((await insertIgnore(this.statements, checkUps, [row])) === 0) await this.change(row);
  }

  async discard(accountId: string, except: readonly string[]): Promise<void> {
    if (!areIds(accountId)) return;
    const others = except.length > 0 ? 'AND factor_id NOT IN (:except)' : '';
    await this.statements.execute(
      `DELETE FROM two_factor_check_ups WHERE account_id = :accountId ${others}`,
      except.length > 0 ? { accountId, except } : { accountId },
    );
  }

  private change(row: Readonly<Record<string, string | number | null>>): Promise<boolean> {
    return this.statements.executeOne(
      `UPDATE two_factor_check_ups SET passed_at = COALESCE(:passed_at, passed_at),
         failed_at = COALESCE(:failed_at, failed_at), later_at = COALESCE(:later_at, later_at)
       WHERE factor_id = :factor_id AND account_id = :account_id`,
      row,
    );
  }
}

function checkUpOf(line: CheckUpLine): CheckUp {
  return {
    factorId: line.factor_id,
    accountId: line.account_id,
    passedAt: timeOf(line.passed_at),
    failedAt: timeOf(line.failed_at),
    laterAt: timeOf(line.later_at),
  };
}

function timeOf(value: string | number | null): number | null {
  return value === null ? null : Number(value);
}
