import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** A row of `lock_downs`: a lock-down whose part in the portal was done. */
@Entity('lock_downs')
export class LockDownRow {
  /** The id of its event. */
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  @Column('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** 1: a link for a new password was mailed. */
  @Column('int')
  mailed: number;

  @Index('lock_downs_created')
  @Column('bigint', { name: 'created_at', transformer: epochMs })
  createdAt: number;
}
