import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, makeTable } from '../tables.js';

const columns = [
  column('account_id', 'id', { isPrimary: true }),
  column('agent_id', 'id', { isPrimary: true }),
  column('id', 'id'),
  column('agent_name', 'text'),
  column('words', 'text'),
  column('state', 'name'),
  column('proof', 'name'),
  column('created_at', 'epoch'),
  column('expires_at', 'epoch'),
];

export class TwoFactorCallerChecks1795564800041 implements MigrationInterface {
  readonly name = 'TwoFactorCallerChecks1795564800041';

  async up(runner: QueryRunner): Promise<void> {
    await makeTable(runner, 'two_factor_caller_checks', columns, {
      two_factor_caller_checks_end: ['expires_at'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('two_factor_caller_checks', true);
  }
}
