import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** Makes the index of the staff's list of clients, which is read from the newest on, page by page. */
export class AccountsCreatedIndex1764000002200 implements MigrationInterface {
  readonly name = 'AccountsCreatedIndex1764000002200';

  async up(runner: QueryRunner): Promise<void> {
    // MySQL keeps the index also when the process dies before this migration is noted down.
    const accounts = await runner.getTable('accounts');
    if (accounts?.indices.some(({ name }) => name === created.name)) return;
    await runner.createIndex('accounts', created);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('accounts', created, true);
  }
}

const created = new TableIndex({ name: 'accounts_created', columnNames: ['created_at', 'id'] });
