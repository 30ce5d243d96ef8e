import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `lock_downs`. */
export class LockDownsTable1764000003600 implements MigrationInterface {
  readonly name = 'LockDownsTable1764000003600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(lockDowns, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('lock_downs', true);
  }
}

const lockDowns = new Table({
  name: 'lock_downs',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'account_id', type: 'varchar', length: '64' },
    { name: 'mailed', type: 'integer' },
    { name: 'created_at', type: 'bigint' },
  ],
  indices: [{ name: 'lock_downs_created', columnNames: ['created_at'] }],
});
