import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

/** Adds `accounts.credentials_changed_at`: the time of the last change of password or e-mail address. */
export class AccountsCredentialsChanged1764000003500 implements MigrationInterface {
  readonly name = 'AccountsCredentialsChanged1764000003500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('accounts', changedAt);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('accounts', 'credentials_changed_at');
  }
}

const changedAt = new TableColumn({ name: 'credentials_changed_at', type: 'bigint', isNullable: true });
