import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

/** Adds `accounts.time_zone`: the time zone that a person chose. */
export class AccountsTimeZone1764000002800 implements MigrationInterface {
  readonly name = 'AccountsTimeZone1764000002800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('accounts', timeZone);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('accounts', 'time_zone');
  }
}

const timeZone = new TableColumn({ name: 'time_zone', type: 'varchar', length: '64', isNullable: true });
