import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `rate_limits`. */
export class RateLimitsTable1764000002700 implements MigrationInterface {
  readonly name = 'RateLimitsTable1764000002700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(counts, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('rate_limits', true);
  }
}

const counts = new Table({
  name: 'rate_limits',
  columns: [
    { name: 'subject', type: 'varchar', length: '100', isPrimary: true },
    { name: 'points', type: 'integer' },
    { name: 'ends_at', type: 'bigint' },
    { name: 'runs', type: 'integer' },
    { name: 'runs_end', type: 'bigint' },
    { name: 'email_hash', type: 'varchar', length: '64', isNullable: true },
    { name: 'network', type: 'varchar', length: '64', isNullable: true },
  ],
  indices: [
    { name: 'rate_limits_ends', columnNames: ['ends_at'] },
    { name: 'rate_limits_email', columnNames: ['email_hash'] },
  ],
});
