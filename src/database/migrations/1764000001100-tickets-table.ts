import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `tickets`. */
export class TicketsTable1764000001100 implements MigrationInterface {
  readonly name = 'TicketsTable1764000001100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(tickets, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('tickets', true);
  }
}

const tickets = new Table({
  name: 'tickets',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'account_id', type: 'varchar', length: '64' },
    { name: 'number', type: 'varchar', length: '32' },
    { name: 'subject', type: 'varchar', length: '200' },
    { name: 'state', type: 'varchar', length: '16' },
    { name: 'messages', type: 'integer' },
    { name: 'opened_at', type: 'bigint' },
    { name: 'changed_at', type: 'bigint' },
  ],
  indices: [
    { name: 'tickets_number', columnNames: ['number'], isUnique: true },
    { name: 'tickets_account', columnNames: ['account_id', 'changed_at'] },
    { name: 'tickets_state', columnNames: ['state', 'changed_at'] },
  ],
});
