import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Creates `portal_events`: recorded, not yet delivered. */
export class PortalEventsTable1764000000300 implements MigrationInterface {
  readonly name = 'PortalEventsTable1764000000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(events, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('portal_events', true);
  }
}

const events = new Table({
  name: 'portal_events',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'body', type: 'text' },
    { name: 'tries', type: 'integer' },
    { name: 'claimed_until', type: 'bigint' },
    { name: 'created_at', type: 'bigint' },
  ],
  indices: [{ name: 'portal_events_due', columnNames: ['claimed_until'] }],
});
