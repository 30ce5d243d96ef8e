import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, makeTable } from '../tables.js';

const columns = [
  column('account_id', 'id', { isPrimary: true }),
  column('cause', 'name'),
  column('event_id', 'id'),
  column('started_at', 'epoch'),
  column('until_at', 'epoch'),
  column('frozen_at', 'epoch'),
  column('recovery_used_at', 'epoch'),
  column('shortened_by', 'id', { isNullable: true }),
  column('approved_by', 'id', { isNullable: true }),
];

export class TwoFactorBrakes1795564800006 implements MigrationInterface {
  readonly name = 'TwoFactorBrakes1795564800006';

  async up(runner: QueryRunner): Promise<void> {
    await makeTable(runner, 'two_factor_brakes', columns);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('two_factor_brakes', true);
  }
}
