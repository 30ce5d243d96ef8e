import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** An event that is recorded and not yet delivered. Name and account are columns for people who read the table. */
@Entity('two_factor_events')
@Index('two_factor_events_due', ['claimedUntil'])
export class EventRow {
  @PrimaryColumn({ ...types.id, name: 'id' })
  id: string;

  @Column({ ...types.name, name: 'name' })
  name: string;

  @Column({ ...types.id, name: 'account_id', nullable: true })
  accountId: string | null;

  /** JSON: the event and its side effects. */
  @Column({ ...types.long, name: 'body' })
  body: string;

  @Column({ ...types.count, name: 'tries' })
  tries: number;

  @Column({ ...types.epoch, name: 'claimed_until' })
  claimedUntil: number;

  @Column({ ...types.epoch, name: 'created_at' })
  createdAt: number;
}
