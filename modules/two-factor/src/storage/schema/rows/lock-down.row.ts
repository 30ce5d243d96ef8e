import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** An owner said "This wasn't me" about one event. */
@Entity('two_factor_lock_downs')
@Index('two_factor_lock_downs_account', ['accountId'])
@Index('two_factor_lock_downs_released', ['releasedAt'])
export class LockDownRow {
  /** A hash of account and event. */
  @PrimaryColumn({ ...types.id, name: 'id' })
  id: string;

  @Column({ ...types.id, name: 'account_id' })
  accountId: string;

  @Column({ ...types.name, name: 'event_name' })
  eventName: string;

  /** A hash of the address that the link was mailed to. */
  @Column({ ...types.id, name: 'recipient' })
  recipient: string;

  @Column({ ...types.epoch, name: 'created_at' })
  createdAt: number;

  /** Null: the account is locked down. */
  @Column({ ...types.epoch, name: 'released_at', nullable: true })
  releasedAt: number | null;
}
