import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `invoice_lines`. An invoice that was there before gets one line: what it was for, at its whole amount. */
export class InvoiceLinesTable1764000000800 implements MigrationInterface {
  readonly name = 'InvoiceLinesTable1764000000800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(lines, true);
    await runner.query(
      'INSERT INTO invoice_lines (invoice_id, position, description, cents, tax_cents, tax_rate) ' +
        'SELECT id, 1, description, cents, 0, 0 FROM invoices',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('invoice_lines', true);
  }
}

const lines = new Table({
  name: 'invoice_lines',
  columns: [
    { name: 'invoice_id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'position', type: 'integer', isPrimary: true },
    { name: 'description', type: 'varchar', length: '200' },
    { name: 'cents', type: 'integer' },
    { name: 'tax_cents', type: 'integer' },
    { name: 'tax_rate', type: 'integer' },
  ],
});
