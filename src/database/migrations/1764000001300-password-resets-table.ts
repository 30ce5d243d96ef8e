import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `password_resets`. */
export class PasswordResetsTable1764000001300 implements MigrationInterface {
  readonly name = 'PasswordResetsTable1764000001300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(resets, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('password_resets', true);
  }
}

const resets = new Table({
  name: 'password_resets',
  columns: [
    { name: 'account_id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'event_id', type: 'varchar', length: '64' },
    { name: 'salt', type: 'varchar', length: '64' },
    { name: 'token_hash', type: 'varchar', length: '64' },
    { name: 'stamp', type: 'varchar', length: '64' },
    { name: 'expires_at', type: 'bigint' },
    { name: 'used_at', type: 'bigint', isNullable: true },
  ],
  indices: [{ name: 'password_resets_token', columnNames: ['token_hash'], isUnique: true }],
});
