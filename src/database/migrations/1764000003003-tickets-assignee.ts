import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';

/** Adds `tickets.assignee_id`: the staff member who takes care of a ticket. */
export class TicketsAssignee1764000003003 implements MigrationInterface {
  readonly name = 'TicketsAssignee1764000003003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('tickets', assignee);
    await runner.createIndex('tickets', byAssignee);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('tickets', byAssignee);
    await runner.dropColumn('tickets', 'assignee_id');
  }
}

const assignee = new TableColumn({ name: 'assignee_id', type: 'varchar', length: '64', isNullable: true });

const byAssignee = new TableIndex({ name: 'tickets_assignee', columnNames: ['assignee_id', 'changed_at'] });
