import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `email_changes`. */
export class EmailChangesTable1764000002400 implements MigrationInterface {
  readonly name = 'EmailChangesTable1764000002400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(changes, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('email_changes', true);
  }
}

const changes = new Table({
  name: 'email_changes',
  columns: [
    { name: 'account_id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'email', type: 'varchar', length: '254' },
    { name: 'token_hash', type: 'varchar', length: '64' },
    { name: 'stamp', type: 'varchar', length: '64' },
    { name: 'expires_at', type: 'bigint' },
    { name: 'used_at', type: 'bigint', isNullable: true },
  ],
  indices: [{ name: 'email_changes_token', columnNames: ['token_hash'], isUnique: true }],
});
