import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

/** Adds `services.nameservers`. */
export class ServicesNameservers1764000003200 implements MigrationInterface {
  readonly name = 'ServicesNameservers1764000003200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('services', nameservers);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('services', 'nameservers');
  }
}

const nameservers = new TableColumn({ name: 'nameservers', type: 'text', isNullable: true });
