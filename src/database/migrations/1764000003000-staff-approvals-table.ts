import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Makes `staff_approvals`: acts of staff that need a second staff member. */
export class StaffApprovalsTable1764000003000 implements MigrationInterface {
  readonly name = 'StaffApprovalsTable1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(approvals, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('staff_approvals', true);
  }
}

const approvals = new Table({
  name: 'staff_approvals',
  columns: [
    { name: 'id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'act', type: 'varchar', length: '64' },
    { name: 'parameters', type: 'text' },
    { name: 'client_id', type: 'varchar', length: '64' },
    { name: 'asked_by', type: 'varchar', length: '64' },
    { name: 'reason', type: 'varchar', length: '500' },
    { name: 'why', type: 'varchar', length: '100' },
    { name: 'ticket_id', type: 'varchar', length: '64', isNullable: true },
    { name: 'ticket_number', type: 'varchar', length: '32', isNullable: true },
    { name: 'state', type: 'varchar', length: '16' },
    { name: 'open_key', type: 'varchar', length: '64', isNullable: true },
    { name: 'asked_at', type: 'bigint' },
    { name: 'expires_at', type: 'bigint' },
    { name: 'decided_by', type: 'varchar', length: '64', isNullable: true },
    { name: 'decided_at', type: 'bigint', isNullable: true },
    { name: 'claimed_until', type: 'bigint', isNullable: true },
  ],
  indices: [
    { name: 'staff_approvals_asked', columnNames: ['asked_at', 'id'] },
    { name: 'staff_approvals_state', columnNames: ['state', 'asked_at'] },
    { name: 'staff_approvals_client', columnNames: ['client_id', 'state'] },
    { name: 'staff_approvals_open', columnNames: ['open_key'], isUnique: true },
  ],
});
