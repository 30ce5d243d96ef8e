import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `api_tokens`. */
export class ApiTokensTable1764000003400 implements MigrationInterface {
  readonly name = 'ApiTokensTable1764000003400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(tokens, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('api_tokens', true);
  }
}

const tokens = new Table({
  name: 'api_tokens',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'account_id', type: 'varchar', length: '64' },
    { name: 'name', type: 'varchar', length: '60' },
    { name: 'token_hash', type: 'varchar', length: '64' },
    { name: 'ending', type: 'varchar', length: '8' },
    { name: 'scopes', type: 'varchar', length: '200' },
    { name: 'stamp', type: 'varchar', length: '64' },
    { name: 'created_at', type: 'bigint' },
    { name: 'expires_at', type: 'bigint' },
    { name: 'last_used_at', type: 'bigint', isNullable: true },
    { name: 'last_used_address', type: 'varchar', length: '64', isNullable: true },
    { name: 'revoked_at', type: 'bigint', isNullable: true },
  ],
  indices: [
    { name: 'api_tokens_account', columnNames: ['account_id'] },
    { name: 'api_tokens_hash', columnNames: ['token_hash'], isUnique: true },
    { name: 'api_tokens_expires', columnNames: ['expires_at'] },
  ],
});
