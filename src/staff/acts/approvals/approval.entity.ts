import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../../database/epoch-ms.js';

/**
 * `asked`: waits for a second staff member. `approved`: a module is carrying it out, or its process ended meanwhile. `done`: it
 * is carried out. `refused`: by a second staff member, or withdrawn. `void`: there was nothing to do any more.
 */
export const approvalStates = ['asked', 'approved', 'done', 'refused', 'void'] as const;

export type ApprovalState = (typeof approvalStates)[number];

/** A row of `staff_approvals`: an act of staff that needs a second staff member. */
@Entity('staff_approvals')
@Index('staff_approvals_asked', ['askedAt', 'id'])
@Index('staff_approvals_state', ['state', 'askedAt'])
@Index('staff_approvals_client', ['clientId', 'state'])
export class ApprovalRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  /** The name of the act. */
  @Column('varchar', { length: 64 })
  act: string;

  /** JSON: the fields of the form besides reason and ticket. */
  @Column('text')
  parameters: string;

  @Column('varchar', { name: 'client_id', length: 64 })
  clientId: string;

  @Column('varchar', { name: 'asked_by', length: 64 })
  askedBy: string;

  @Column('varchar', { length: 500 })
  reason: string;

  /** Message key: why one staff member is not enough. */
  @Column('varchar', { length: 100 })
  why: string;

  @Column('varchar', { name: 'ticket_id', length: 64, nullable: true })
  ticketId: string | null;

  @Column('varchar', { name: 'ticket_number', length: 32, nullable: true })
  ticketNumber: string | null;

  @Column('varchar', { length: 16 })
  state: ApprovalState;

  /** SHA-256 of act, client and parameters while it waits; null afterwards. So the same request waits only once. */
  @Index('staff_approvals_open', { unique: true })
  @Column('varchar', { name: 'open_key', length: 64, nullable: true })
  openKey: string | null;

  /** UTC ms, as all times. */
  @Column('bigint', { name: 'asked_at', transformer: epochMs })
  askedAt: number;

  /** After this time nobody can approve it. */
  @Column('bigint', { name: 'expires_at', transformer: epochMs })
  expiresAt: number;

  @Column('varchar', { name: 'decided_by', length: 64, nullable: true })
  decidedBy: string | null;

  @Column('bigint', { name: 'decided_at', nullable: true, transformer: epochMs })
  decidedAt: number | null;

  /** While a module carries the act out: until when the process has it for itself. */
  @Column('bigint', { name: 'claimed_until', nullable: true, transformer: epochMs })
  claimedUntil: number | null;
}
