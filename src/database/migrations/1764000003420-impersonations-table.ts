import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `impersonations`. */
export class ImpersonationsTable1764000003420 implements MigrationInterface {
  readonly name = 'ImpersonationsTable1764000003420';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(impersonations, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('impersonations', true);
  }
}

const impersonations = new Table({
  name: 'impersonations',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'session_key', type: 'varchar', length: '64' },
    { name: 'agent_id', type: 'varchar', length: '64' },
    { name: 'client_id', type: 'varchar', length: '64' },
    { name: 'client_stamp', type: 'varchar', length: '64' },
    { name: 'client_version', type: 'integer' },
    { name: 'started_at', type: 'bigint' },
    { name: 'expires_at', type: 'bigint' },
    { name: 'ended_at', type: 'bigint', isNullable: true },
  ],
  indices: [
    { name: 'impersonations_session', columnNames: ['session_key'] },
    { name: 'impersonations_open', columnNames: ['ended_at', 'expires_at'] },
  ],
});
