import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, makeTable } from '../tables.js';

const columns = [
  column('id', 'id', { isPrimary: true }),
  column('name', 'name'),
  column('account_id', 'id', { isNullable: true }),
  column('body', 'long'),
  column('tries', 'count'),
  column('claimed_until', 'epoch'),
  column('created_at', 'epoch'),
];

export class TwoFactorEvents1795564800005 implements MigrationInterface {
  readonly name = 'TwoFactorEvents1795564800005';

  async up(runner: QueryRunner): Promise<void> {
    await makeTable(runner, 'two_factor_events', columns, { two_factor_events_due: ['claimed_until'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('two_factor_events', true);
  }
}
