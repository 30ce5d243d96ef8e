import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

/** The two columns that came with two-factor: existing users get `false` and `0`. */
export class ProtectionFlag1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns('members', [
      new TableColumn({ name: 'guarded', type: 'boolean', default: false }),
      new TableColumn({ name: 'guard_version', type: 'integer', default: 0 }),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns('members', ['guarded', 'guard_version']);
  }
}
