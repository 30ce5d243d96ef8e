import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { longText } from '../long-text.js';

/** Makes `kept_forms`. */
export class KeptFormsTable1764000002600 implements MigrationInterface {
  readonly name = 'KeptFormsTable1764000002600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(forms(longText(runner)), true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('kept_forms', true);
  }
}

const forms = (type: string): Table =>
  new Table({
    name: 'kept_forms',
    columns: [
      { name: 'account_id', type: 'varchar', length: '64', isPrimary: true },
      { name: 'place', type: 'integer', isPrimary: true },
      { name: 'token_hash', type: 'varchar', length: '64' },
      { name: 'expires_at', type: 'bigint' },
      { name: 'sealed', type },
    ],
    indices: [
      { name: 'kept_forms_token', columnNames: ['token_hash'] },
      { name: 'kept_forms_expires', columnNames: ['expires_at'] },
    ],
  });
