import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `payment_methods`. */
export class PaymentMethodsTable1764000003210 implements MigrationInterface {
  readonly name = 'PaymentMethodsTable1764000003210';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(methods, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('payment_methods', true);
  }
}

const methods = new Table({
  name: 'payment_methods',
  columns: [
    { name: 'account_id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'reference', type: 'varchar', length: '100' },
    { name: 'brand', type: 'varchar', length: '50' },
    { name: 'last4', type: 'varchar', length: '4' },
    { name: 'expires', type: 'varchar', length: '7' },
    { name: 'changed_at', type: 'bigint' },
  ],
});
