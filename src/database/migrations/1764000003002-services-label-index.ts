import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** Lets staff find a client by a domain without reading all services. */
export class ServicesLabelIndex1764000003002 implements MigrationInterface {
  readonly name = 'ServicesLabelIndex1764000003002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('services', label);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('services', label);
  }
}

const label = new TableIndex({ name: 'services_label', columnNames: ['label'] });
