import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, makeTable } from '../tables.js';

const links = [
  column('id', 'id', { isPrimary: true }),
  column('account_id', 'id'),
  column('event', 'id'),
  column('event_name', 'name'),
  column('recipient', 'id'),
  column('facts', 'long'),
  column('created_at', 'epoch'),
  column('expires_at', 'epoch'),
];

const lockDowns = [
  column('id', 'id', { isPrimary: true }),
  column('account_id', 'id'),
  column('event_name', 'name'),
  column('recipient', 'id'),
  column('created_at', 'epoch'),
  column('released_at', 'epoch', { isNullable: true }),
];

export class TwoFactorLockDowns1795651200021 implements MigrationInterface {
  readonly name = 'TwoFactorLockDowns1795651200021';

  async up(runner: QueryRunner): Promise<void> {
    await makeTable(runner, 'two_factor_stop_links', links, {
      two_factor_stop_links_account: ['account_id'],
      two_factor_stop_links_end: ['expires_at'],
    });
    await makeTable(runner, 'two_factor_lock_downs', lockDowns, {
      two_factor_lock_downs_account: ['account_id'],
      two_factor_lock_downs_released: ['released_at'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('two_factor_lock_downs', true);
    await runner.dropTable('two_factor_stop_links', true);
  }
}
