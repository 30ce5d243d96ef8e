import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, column } from '../tables.js';

/** Adds `two_factor_accounts.reset_mode`: what a reset by staff left behind. */
export class TwoFactorResetMode1795564800007 implements MigrationInterface {
  readonly name = 'TwoFactorResetMode1795564800007';

  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'two_factor_accounts', column('reset_mode', 'name'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('two_factor_accounts', 'reset_mode');
  }
}
