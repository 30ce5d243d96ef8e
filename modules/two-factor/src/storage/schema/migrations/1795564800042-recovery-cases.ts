import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, makeTable } from '../tables.js';

const columns = [
  column('account_id', 'id', { isPrimary: true }),
  column('id', 'id'),
  column('state', 'name'),
  column('version', 'count'),
  column('stamp', 'text'),
  column('uses', 'text'),
  column('link_hash', 'text'),
  column('sealed', 'long', { isNullable: true }),
  column('progress', 'long'),
  column('reason', 'name'),
  column('opened_at', 'epoch'),
  column('waits_until', 'epoch'),
  column('ends_at', 'epoch'),
  column('due_at', 'epoch'),
];

export class TwoFactorRecoveryCases1795564800042 implements MigrationInterface {
  readonly name = 'TwoFactorRecoveryCases1795564800042';

  async up(runner: QueryRunner): Promise<void> {
    await makeTable(runner, 'two_factor_recovery_cases', columns, {
      two_factor_recovery_cases_id: ['id'],
      two_factor_recovery_cases_due: ['state', 'due_at'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('two_factor_recovery_cases', true);
  }
}
