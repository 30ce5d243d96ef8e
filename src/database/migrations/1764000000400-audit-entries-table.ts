import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `audit_entries`. Its indices are the three ways it is read: by time, by account, by event name. */
export class AuditEntriesTable1764000000400 implements MigrationInterface {
  readonly name = 'AuditEntriesTable1764000000400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(entries, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('audit_entries', true);
  }
}

const entries = new Table({
  name: 'audit_entries',
  columns: [
    { name: 'event_id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'at', type: 'bigint' },
    { name: 'name', type: 'varchar', length: '100' },
    { name: 'account_id', type: 'varchar', length: '64', isNullable: true },
    { name: 'actor_type', type: 'varchar', length: '16' },
    { name: 'actor_id', type: 'varchar', length: '64' },
    { name: 'ip', type: 'varchar', length: '64', isNullable: true },
    { name: 'user_agent', type: 'varchar', length: '255', isNullable: true },
    { name: 'request_id', type: 'varchar', length: '64', isNullable: true },
    { name: 'data', type: 'text' },
  ],
  indices: [
    { name: 'audit_entries_at', columnNames: ['at', 'event_id'] },
    { name: 'audit_entries_account', columnNames: ['account_id', 'at'] },
    { name: 'audit_entries_name', columnNames: ['name', 'at'] },
  ],
});
