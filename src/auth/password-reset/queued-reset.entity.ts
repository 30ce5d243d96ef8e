import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/**
 * A row of `password_reset_requests`: a link was requested, and no account was looked up yet. The row is deleted when the
 * request is answered.
 */
@Entity('password_reset_requests')
export class QueuedResetRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  /** The typed address in its normal form; empty if it is longer than any account's address. */
  @Column('varchar', { length: 254 })
  email: string;

  /** The requester and the origin, as JSON: a `ResetRequester`. */
  @Column('text')
  asker: string;

  /** UTC ms. */
  @Index('password_reset_requests_created')
  @Column('bigint', { name: 'created_at', transformer: epochMs })
  createdAt: number;
}
