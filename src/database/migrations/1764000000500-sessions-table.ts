import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `sessions`. */
export class SessionsTable1764000000500 implements MigrationInterface {
  readonly name = 'SessionsTable1764000000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(sessions, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sessions', true);
  }
}

const sessions = new Table({
  name: 'sessions',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'account_id', type: 'varchar', length: '64', isNullable: true },
    { name: 'session_key', type: 'varchar', length: '64' },
    { name: 'stamp', type: 'varchar', length: '64' },
    { name: 'version', type: 'integer' },
    { name: 'created_at', type: 'bigint' },
    { name: 'signed_in_at', type: 'bigint', isNullable: true },
    { name: 'last_seen_at', type: 'bigint' },
    { name: 'ended_at', type: 'bigint', isNullable: true },
    { name: 'address', type: 'varchar', length: '64' },
    { name: 'agent', type: 'varchar', length: '400' },
    { name: 'pending_login_id', type: 'varchar', length: '64', isNullable: true },
    { name: 'pending_account_id', type: 'varchar', length: '64', isNullable: true },
    { name: 'pending_state', type: 'varchar', length: '16', isNullable: true },
    { name: 'pending_gate', type: 'varchar', length: '64', isNullable: true },
    { name: 'pending_return_to', type: 'text', isNullable: true },
  ],
  indices: [
    { name: 'sessions_account', columnNames: ['account_id'] },
    { name: 'sessions_pending_account', columnNames: ['pending_account_id'] },
    { name: 'sessions_last_seen', columnNames: ['last_seen_at'] },
  ],
});
