import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `account_gates`. */
export class AccountGatesTable1764000000600 implements MigrationInterface {
  readonly name = 'AccountGatesTable1764000000600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(gates, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('account_gates', true);
  }
}

const gates = new Table({
  name: 'account_gates',
  columns: [
    { name: 'account_id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'gate', type: 'varchar', length: '64', isPrimary: true },
    { name: 'raised', type: 'smallint' },
    { name: 'version', type: 'integer' },
    { name: 'sessions_ended', type: 'integer', default: 0 },
  ],
});
