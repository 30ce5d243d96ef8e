import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `services`. */
export class ServicesTable1764000000700 implements MigrationInterface {
  readonly name = 'ServicesTable1764000000700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(services, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('services', true);
  }
}

const services = new Table({
  name: 'services',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'account_id', type: 'varchar', length: '64' },
    { name: 'kind', type: 'varchar', length: '16' },
    { name: 'label', type: 'varchar', length: '200' },
    { name: 'status', type: 'varchar', length: '16' },
    { name: 'cents', type: 'integer' },
    { name: 'currency', type: 'varchar', length: '3' },
    { name: 'cycle', type: 'varchar', length: '16' },
    { name: 'started_at', type: 'bigint' },
    { name: 'due_at', type: 'bigint' },
    { name: 'package', type: 'varchar', length: '100', isNullable: true },
    { name: 'server', type: 'varchar', length: '100', isNullable: true },
    { name: 'disk_used', type: 'integer', isNullable: true },
    { name: 'disk_limit', type: 'integer', isNullable: true },
    { name: 'traffic_used', type: 'integer', isNullable: true },
    { name: 'traffic_limit', type: 'integer', isNullable: true },
    { name: 'expires_at', type: 'bigint', isNullable: true },
    { name: 'registrar_lock', type: 'smallint', isNullable: true },
    { name: 'epp_sealed', type: 'varchar', length: '500', isNullable: true },
  ],
  indices: [{ name: 'services_account', columnNames: ['account_id', 'due_at'] }],
});
