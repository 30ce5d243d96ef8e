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
  column('replaced_by', 'id', { isNullable: true }),
  column('removed_at', 'epoch'),
  column('expires_at', 'epoch'),
];

export class TwoFactorRemovedFactors1795651200022 implements MigrationInterface {
  readonly name = 'TwoFactorRemovedFactors1795651200022';

  async up(runner: QueryRunner): Promise<void> {
    await makeTable(runner, 'two_factor_removed_factors', columns, {
      two_factor_removed_factors_account: ['account_id'],
      two_factor_removed_factors_end: ['expires_at'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('two_factor_removed_factors', true);
  }
}
