import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** The users of this host, as they were before two-factor. */
export class Members1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const id = { isPrimary: true, isGenerated: true, generationStrategy: 'increment' } as const;
    const columns = [
      { ...id, name: 'id', type: 'integer' },
      { name: 'email', type: 'varchar', length: '200', isUnique: true },
      { name: 'name', type: 'varchar', length: '100' },
      { name: 'password_hash', type: 'varchar', length: '200' },
      { name: 'closed', type: 'boolean', default: false },
    ];
    await runner.createTable(new Table({ name: 'members', columns }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('members');
  }
}
