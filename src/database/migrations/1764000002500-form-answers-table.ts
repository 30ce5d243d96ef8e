import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { longText } from '../long-text.js';

/** Makes `form_answers`. */
export class FormAnswersTable1764000002500 implements MigrationInterface {
  readonly name = 'FormAnswersTable1764000002500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(answers(longText(runner)), true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('form_answers', true);
  }
}

const answers = (type: string): Table =>
  new Table({
    name: 'form_answers',
    columns: [
      { name: 'id', type: 'varchar', length: '64', isPrimary: true },
      { name: 'begun_at', type: 'bigint' },
      { name: 'sealed', type, isNullable: true },
    ],
    indices: [{ name: 'form_answers_begun', columnNames: ['begun_at'] }],
  });
