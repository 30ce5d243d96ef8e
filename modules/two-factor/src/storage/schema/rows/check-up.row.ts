import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** What "Does it still work?" knows about one factor. */
@Entity('two_factor_check_ups')
@Index('two_factor_check_ups_account', ['accountId'])
export class CheckUpRow {
  @PrimaryColumn({ ...types.id, name: 'factor_id' })
  factorId: string;

  @Column({ ...types.id, name: 'account_id' })
  accountId: string;

  @Column({ ...types.epoch, name: 'passed_at', nullable: true })
  passedAt: number | null;

  @Column({ ...types.epoch, name: 'failed_at', nullable: true })
  failedAt: number | null;

  @Column({ ...types.epoch, name: 'later_at', nullable: true })
  laterAt: number | null;
}
