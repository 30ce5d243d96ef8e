import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `seen_browsers`. */
export class SeenBrowsersTable1764000003610 implements MigrationInterface {
  readonly name = 'SeenBrowsersTable1764000003610';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(seenBrowsers, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('seen_browsers', true);
  }
}

const seenBrowsers = new Table({
  name: 'seen_browsers',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'account_id', type: 'varchar', length: '64' },
    { name: 'seen_at', type: 'bigint' },
  ],
  indices: [{ name: 'seen_browsers_account', columnNames: ['account_id', 'seen_at'] }],
});
