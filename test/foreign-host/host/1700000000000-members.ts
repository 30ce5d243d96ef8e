import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

/** This host's one table. */
export class Members1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'members',
        columns: [
          {
            name: 'id',
            type: 'integer',
            isPrimary: true,
            isGenerated: true,
            generationStrategy: 'increment',
          },
          { name: 'email', type: 'varchar', length: '200', isUnique: true },
          { name: 'name', type: 'varchar', length: '100' },
          { name: 'password_hash', type: 'varchar', length: '200' },
          { name: 'closed', type: 'boolean', default: false },
          { name: 'guarded', type: 'boolean', default: false },
          { name: 'guard_version', type: 'integer', default: 0 },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('members');
  }
}
