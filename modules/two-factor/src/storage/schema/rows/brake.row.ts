import { Column, Entity, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** The wait of dangerous actions of one account, and its freeze. */
@Entity('two_factor_brakes')
export class BrakeRow {
  @PrimaryColumn({ ...types.id, name: 'account_id' })
  accountId: string;

  @Column({ ...types.name, name: 'cause' })
  cause: string;

  @Column({ ...types.id, name: 'event_id' })
  eventId: string;

  @Column({ ...types.epoch, name: 'started_at' })
  startedAt: number;

  @Column({ ...types.epoch, name: 'until_at' })
  until: number;

  @Column({ ...types.epoch, name: 'frozen_at' })
  frozenAt: number;

  @Column({ ...types.epoch, name: 'recovery_used_at' })
  recoveryUsedAt: number;

  @Column({ ...types.id, name: 'shortened_by', nullable: true })
  shortenedBy: string | null;

  @Column({ ...types.id, name: 'approved_by', nullable: true })
  approvedBy: string | null;
}
