import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, makeTable } from '../tables.js';

const columns = [
  column('subject', 'subject', { isPrimary: true }),
  column('misses', 'count'),
  column('waits_until', 'epoch'),
  column('window_ends', 'epoch'),
];

export class TwoFactorAttempts1795564800004 implements MigrationInterface {
  readonly name = 'TwoFactorAttempts1795564800004';

  async up(runner: QueryRunner): Promise<void> {
    await makeTable(runner, 'two_factor_attempts', columns, { two_factor_attempts_window: ['window_ends'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('two_factor_attempts', true);
  }
}
