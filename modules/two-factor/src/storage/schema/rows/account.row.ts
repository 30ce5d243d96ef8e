import { Column, Entity, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** The number of primary factors that an account must have, so that a lost factor row is noticed. */
@Entity('two_factor_accounts')
export class AccountRow {
  @PrimaryColumn({ ...types.id, name: 'account_id' })
  accountId: string;

  @Column({ ...types.count, name: 'primary_count' })
  primaryCount: number;

  @Column({ ...types.count, name: 'version' })
  version: number;

  /** Sessions that began before the set had this version have ended, */
  @Column({ ...types.count, name: 'sessions_ended' })
  sessionsEnded: number;

  /** except the one with this key. */
  @Column({ ...types.key, name: 'session_kept', nullable: true })
  sessionKept: string | null;

  /** What a reset by staff left behind: `re-enrol` or `one-time-code`; null: nothing. */
  @Column({ ...types.name, name: 'reset_mode', nullable: true })
  resetMode: string | null;
}
