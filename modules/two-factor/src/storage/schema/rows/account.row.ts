import { Column, Entity, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** How many primary factors an account must have, so that a vanished factor is noticed. */
@Entity('two_factor_accounts')
export class AccountRow {
  @PrimaryColumn({ ...types.id, name: 'account_id' })
  accountId: string;

  @Column({ ...types.count, name: 'primary_count' })
  primaryCount: number;

  @Column({ ...types.count, name: 'version' })
  version: number;

  /** Sessions begun before the set had this version have ended, */
  @Column({ ...types.count, name: 'sessions_ended' })
  sessionsEnded: number;

  /** but the one with this key. */
  @Column({ ...types.key, name: 'session_kept', nullable: true })
  sessionKept: string | null;
}
