import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** A row of `seen_browsers`: a browser and a network from which an account signed in. */
@Entity('seen_browsers')
@Index('seen_browsers_account', ['accountId', 'seenAt'])
export class SeenBrowserRow {
  /** A hash of account, browser and network. */
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  @Column('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** The last sign-in from there, UTC ms, to the day. */
  @Column('bigint', { name: 'seen_at', transformer: epochMs })
  seenAt: number;
}
