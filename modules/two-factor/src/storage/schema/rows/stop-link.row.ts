import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** A mailed link "This wasn't me". */
@Entity('two_factor_stop_links')
@Index('two_factor_stop_links_account', ['accountId'])
@Index('two_factor_stop_links_end', ['expiresAt'])
export class StopLinkRow {
  /** SHA-256 of the token, which is not stored. */
  @PrimaryColumn({ ...types.id, name: 'id' })
  id: string;

  @Column({ ...types.id, name: 'account_id' })
  accountId: string;

  /** A hash of account and event. */
  @Column({ ...types.id, name: 'event' })
  event: string;

  @Column({ ...types.name, name: 'event_name' })
  eventName: string;

  /** A hash of the address that the link was mailed to. */
  @Column({ ...types.id, name: 'recipient' })
  recipient: string;

  /** JSON, without secrets. */
  @Column({ ...types.long, name: 'facts' })
  facts: string;

  @Column({ ...types.epoch, name: 'created_at' })
  createdAt: number;

  @Column({ ...types.epoch, name: 'expires_at' })
  expiresAt: number;
}
