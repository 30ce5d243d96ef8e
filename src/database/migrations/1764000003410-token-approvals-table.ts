import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `token_approvals`. */
export class TokenApprovalsTable1764000003410 implements MigrationInterface {
  readonly name = 'TokenApprovalsTable1764000003410';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(approvals, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('token_approvals', true);
  }
}

const approvals = new Table({
  name: 'token_approvals',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'account_id', type: 'varchar', length: '64' },
    { name: 'token_id', type: 'varchar', length: '64' },
    { name: 'stamp', type: 'varchar', length: '64' },
    { name: 'act', type: 'varchar', length: '64' },
    { name: 'binding', type: 'varchar', length: '64' },
    { name: 'description', type: 'text' },
    { name: 'address', type: 'varchar', length: '64' },
    { name: 'state', type: 'varchar', length: '16' },
    { name: 'created_at', type: 'bigint' },
    { name: 'expires_at', type: 'bigint' },
    { name: 'decided_at', type: 'bigint', isNullable: true },
    { name: 'used_at', type: 'bigint', isNullable: true },
  ],
  indices: [
    { name: 'token_approvals_account', columnNames: ['account_id', 'state'] },
    { name: 'token_approvals_token', columnNames: ['token_id'] },
    { name: 'token_approvals_expires', columnNames: ['expires_at'] },
  ],
});
