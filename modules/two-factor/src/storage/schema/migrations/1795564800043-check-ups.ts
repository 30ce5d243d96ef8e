import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, makeTable } from '../tables.js';

const columns = [
  column('factor_id', 'id', { isPrimary: true }),
  column('account_id', 'id'),
  column('passed_at', 'epoch', { isNullable: true }),
  column('failed_at', 'epoch', { isNullable: true }),
  column('later_at', 'epoch', { isNullable: true }),
];

export class TwoFactorCheckUps1795564800043 implements MigrationInterface {
  readonly name = 'TwoFactorCheckUps1795564800043';

  async up(runner: QueryRunner): Promise<void> {
    await makeTable(runner, 'two_factor_check_ups', columns, {
      two_factor_check_ups_account: ['account_id'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('two_factor_check_ups', true);
  }
}
