import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, makeTable } from '../tables.js';

const columns = [
  column('id', 'id', { isPrimary: true }),
  column('account_id', 'id'),
  column('kind', 'name'),
  column('label', 'text'),
  column('sealed', 'long'),
  column('version', 'count'),
  column('created_at', 'epoch'),
  column('last_used_at', 'epoch', { isNullable: true }),
];

export class TwoFactorFactors1795564800002 implements MigrationInterface {
  readonly name = 'TwoFactorFactors1795564800002';

  async up(runner: QueryRunner): Promise<void> {
    await makeTable(runner, 'two_factor_factors', columns, { two_factor_factors_account: ['account_id'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('two_factor_factors', true);
  }
}
