import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** Makes the index of the tickets desk, which is read from the latest change on, page by page. */
export class TicketsChangedIndex1764000002300 implements MigrationInterface {
  readonly name = 'TicketsChangedIndex1764000002300';

  async up(runner: QueryRunner): Promise<void> {
    // MySQL keeps the index also when the process dies before this migration is noted down.
    const tickets = await runner.getTable('tickets');
    if (tickets?.indices.some(({ name }) => name === changed.name)) return;
    await runner.createIndex('tickets', changed);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('tickets', changed, true);
  }
}

const changed = new TableIndex({ name: 'tickets_changed', columnNames: ['changed_at', 'id'] });
