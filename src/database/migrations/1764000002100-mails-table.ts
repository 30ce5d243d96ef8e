import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `mails`: written, and delivered or waiting for it. */
export class MailsTable1764000002100 implements MigrationInterface {
  readonly name = 'MailsTable1764000002100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(mails, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('mails', true);
  }
}

const mails = new Table({
  name: 'mails',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'recipient', type: 'varchar', length: '254' },
    { name: 'view', type: 'varchar', length: '100' },
    { name: 'letter', type: 'text' },
    { name: 'state', type: 'varchar', length: '16' },
    { name: 'tries', type: 'integer' },
    { name: 'due_at', type: 'bigint' },
    { name: 'claimed_until', type: 'bigint' },
    { name: 'fault', type: 'varchar', length: '255', isNullable: true },
    { name: 'created_at', type: 'bigint' },
  ],
  indices: [
    { name: 'mails_due', columnNames: ['state', 'due_at'] },
    { name: 'mails_recipient', columnNames: ['recipient', 'view', 'due_at'] },
    { name: 'mails_created', columnNames: ['created_at'] },
  ],
});
