import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../database/epoch-ms.js';

/** `open`: waits for staff; `answered`: waits for the customer; `closed`: finished. */
export const ticketStates = ['open', 'answered', 'closed'] as const;

export type TicketState = (typeof ticketStates)[number];

/** A row of `tickets`: a customer's request for help. */
@Entity('tickets')
@Index('tickets_account', ['accountId', 'changedAt'])
@Index('tickets_state', ['state', 'changedAt'])
@Index('tickets_changed', ['changedAt', 'id'])
@Index('tickets_assignee', ['assigneeId', 'changedAt'])
export class TicketRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  @Column('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** The number that people quote, e.g. `T-7K3M9QXA`. */
  @Index('tickets_number', { unique: true })
  @Column('varchar', { length: 32 })
  number: string;

  @Column('varchar', { length: 200 })
  subject: string;

  @Column('varchar', { length: 16 })
  state: TicketState;

  /** Number of messages, which is the position of the next one. */
  @Column('int')
  messages: number;

  @Column('bigint', { name: 'opened_at', transformer: epochMs })
  openedAt: number;

  @Column('bigint', { name: 'changed_at', transformer: epochMs })
  changedAt: number;

  /** The account id of the staff member who takes care of it; null: nobody yet. For staff alone. */
  @Column('varchar', { name: 'assignee_id', length: 64, nullable: true })
  assigneeId: string | null;
}
