import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';

/** Adds `form_answers.token_hash`: the posts of one session are found by it. */
export class FormAnswersToken1764000002900 implements MigrationInterface {
  readonly name = 'FormAnswersToken1764000002900';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('form_answers', tokenHash);
    await runner.createIndex('form_answers', byToken);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('form_answers', byToken);
    await runner.dropColumn('form_answers', 'token_hash');
  }
}

const tokenHash = new TableColumn({ name: 'token_hash', type: 'varchar', length: '64', isNullable: true });
const byToken = new TableIndex({ name: 'form_answers_token', columnNames: ['token_hash'] });
