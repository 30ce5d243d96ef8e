import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, makeTable } from '../tables.js';

export class TwoFactorAccounts1795564800001 implements MigrationInterface {
  readonly name = 'TwoFactorAccounts1795564800001';

  async up(runner: QueryRunner): Promise<void> {
    await makeTable(runner, 'two_factor_accounts', [
      column('account_id', 'id', { isPrimary: true }),
      column('primary_count', 'count'),
      column('version', 'count'),
      column('sessions_ended', 'count'),
      column('session_kept', 'key', { isNullable: true }),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('two_factor_accounts', true);
  }
}
