import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `accounts`. */
export class AccountsTable1764000000100 implements MigrationInterface {
  readonly name = 'AccountsTable1764000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(accounts, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('accounts', true);
  }
}

const accounts = new Table({
  name: 'accounts',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'email', type: 'varchar', length: '254' },
    { name: 'name', type: 'varchar', length: '100' },
    { name: 'role', type: 'varchar', length: '16' },
    { name: 'password_hash', type: 'varchar', length: '255' },
    { name: 'stamp', type: 'varchar', length: '64' },
    { name: 'sessions_version', type: 'integer', default: 0 },
    { name: 'suspended_at', type: 'bigint', isNullable: true },
    { name: 'locale', type: 'varchar', length: '35', isNullable: true },
    { name: 'created_at', type: 'bigint' },
  ],
  indices: [{ name: 'accounts_email', columnNames: ['email'], isUnique: true }],
});
