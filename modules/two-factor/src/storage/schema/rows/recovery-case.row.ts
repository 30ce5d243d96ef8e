import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** The newest recovery case of an account. */
@Entity('two_factor_recovery_cases')
@Index('two_factor_recovery_cases_id', ['id'])
@Index('two_factor_recovery_cases_due', ['state', 'dueAt'])
export class RecoveryCaseRow {
  @PrimaryColumn({ ...types.id, name: 'account_id' })
  accountId: string;

  @Column({ ...types.id, name: 'id' })
  id: string;

  @Column({ ...types.name, name: 'state' })
  state: string;

  @Column({ ...types.count, name: 'version' })
  version: number;

  @Column({ ...types.text, name: 'stamp' })
  stamp: string;

  @Column({ ...types.text, name: 'uses' })
  uses: string;

  @Column({ ...types.text, name: 'link_hash' })
  linkHash: string;

  @Column({ ...types.long, name: 'sealed', nullable: true })
  sealed: string | null;

  @Column({ ...types.long, name: 'progress' })
  progress: string;

  @Column({ ...types.name, name: 'reason' })
  reason: string;

  @Column({ ...types.epoch, name: 'opened_at' })
  openedAt: number;

  @Column({ ...types.epoch, name: 'waits_until' })
  waitsUntil: number;

  @Column({ ...types.epoch, name: 'ends_at' })
  endsAt: number;

  @Column({ ...types.epoch, name: 'due_at' })
  dueAt: number;
}
