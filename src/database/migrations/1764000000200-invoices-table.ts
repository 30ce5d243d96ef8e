import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `invoices`. */
export class InvoicesTable1764000000200 implements MigrationInterface {
  readonly name = 'InvoicesTable1764000000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(invoices, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('invoices', true);
  }
}

const invoices = new Table({
  name: 'invoices',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'account_id', type: 'varchar', length: '64' },
    { name: 'number', type: 'varchar', length: '32' },
    { name: 'description', type: 'varchar', length: '200' },
    { name: 'cents', type: 'integer' },
    { name: 'currency', type: 'varchar', length: '3' },
    { name: 'status', type: 'varchar', length: '16' },
    { name: 'issued_at', type: 'bigint' },
    { name: 'due_at', type: 'bigint' },
    { name: 'paid_at', type: 'bigint', isNullable: true },
  ],
  indices: [
    { name: 'invoices_number', columnNames: ['number'], isUnique: true },
    { name: 'invoices_account', columnNames: ['account_id', 'issued_at'] },
  ],
});
