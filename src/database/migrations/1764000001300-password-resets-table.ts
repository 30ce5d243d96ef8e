import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `password_resets` and the queue before it, `password_reset_requests`. */
export class PasswordResetsTable1764000001300 implements MigrationInterface {
  readonly name = 'PasswordResetsTable1764000001300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(resets, true);
    await runner.createTable(requests, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('password_reset_requests', true);
    await runner.dropTable('password_resets', true);
  }
}

const resets = new Table({
  name: 'password_resets',
  columns: [
    { name: 'account_id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'token_hash', type: 'varchar', length: '64' },
    { name: 'stamp', type: 'varchar', length: '64' },
    { name: 'expires_at', type: 'bigint' },
    { name: 'used_at', type: 'bigint', isNullable: true },
  ],
  indices: [{ name: 'password_resets_token', columnNames: ['token_hash'], isUnique: true }],
});

const requests = new Table({
  name: 'password_reset_requests',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'email', type: 'varchar', length: '254' },
    { name: 'asker', type: 'text' },
    { name: 'created_at', type: 'bigint' },
  ],
  indices: [{ name: 'password_reset_requests_created', columnNames: ['created_at'] }],
});
