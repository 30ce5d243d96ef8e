import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `ticket_messages`. */
export class TicketMessagesTable1764000001200 implements MigrationInterface {
  readonly name = 'TicketMessagesTable1764000001200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(messages, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('ticket_messages', true);
  }
}

const messages = new Table({
  name: 'ticket_messages',
  columns: [
    { name: 'ticket_id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'place', type: 'integer', isPrimary: true },
    { name: 'author_id', type: 'varchar', length: '64' },
    { name: 'author_name', type: 'varchar', length: '100' },
    { name: 'staff', type: 'smallint' },
    { name: 'body', type: 'text' },
    { name: 'written_at', type: 'bigint' },
  ],
});
