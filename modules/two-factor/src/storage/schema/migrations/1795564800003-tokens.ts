import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, makeTable } from '../tables.js';

const columns = [
  column('id', 'id', { isPrimary: true }),
  column('purpose', 'name'),
  column('account_id', 'id'),
  column('session_key', 'key'),
  column('subtype', 'name'),
  column('stamp', 'text'),
  column('sealed', 'long', { isNullable: true }),
  column('misses', 'count'),
  column('created_at', 'epoch'),
  column('expires_at', 'epoch'),
];

export class TwoFactorTokens1795564800003 implements MigrationInterface {
  readonly name = 'TwoFactorTokens1795564800003';

  async up(runner: QueryRunner): Promise<void> {
    await makeTable(runner, 'two_factor_tokens', columns, {
      two_factor_tokens_account: ['account_id', 'purpose', 'session_key'],
      two_factor_tokens_end: ['expires_at'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('two_factor_tokens', true);
  }
}
