import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** A row of `password_reset_requests`: a link was asked for, and nothing was looked at yet. Answered, the row goes. */
@Entity('password_reset_requests')
export class ResetWishRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  /** The address that was typed, in its normal form; empty where it is longer than any account's. */
  @Column('varchar', { length: 254 })
  email: string;

  /** Who asked and from where, as JSON: a `ResetAsker`. */
  @Column('text')
  asker: string;

  /** UTC ms. */
  @Index('password_reset_requests_created')
  @Column('bigint', { name: 'created_at', transformer: epochMs })
  createdAt: number;
}
