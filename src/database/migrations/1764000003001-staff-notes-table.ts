import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `staff_notes`: what staff write for staff, about clients and tickets. */
export class StaffNotesTable1764000003001 implements MigrationInterface {
  readonly name = 'StaffNotesTable1764000003001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(notes, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('staff_notes', true);
  }
}

const notes = new Table({
  name: 'staff_notes',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'about', type: 'varchar', length: '16' },
    { name: 'about_id', type: 'varchar', length: '64' },
    { name: 'author_id', type: 'varchar', length: '64' },
    { name: 'author_name', type: 'varchar', length: '100' },
    { name: 'body', type: 'text' },
    { name: 'written_at', type: 'bigint' },
  ],
  indices: [{ name: 'staff_notes_subject', columnNames: ['about', 'about_id', 'written_at'] }],
});
