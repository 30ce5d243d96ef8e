import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** A factor that no longer works. It is kept for as long as a stop link can bring it back. */
@Entity('two_factor_removed_factors')
@Index('two_factor_removed_factors_account', ['accountId'])
@Index('two_factor_removed_factors_end', ['expiresAt'])
export class RemovedFactorRow {
  @PrimaryColumn({ ...types.id, name: 'id' })
  id: string;

  @Column({ ...types.id, name: 'account_id' })
  accountId: string;

  @Column({ ...types.name, name: 'kind' })
  kind: string;

  @Column({ ...types.text, name: 'label' })
  label: string;

  @Column({ ...types.long, name: 'sealed' })
  sealed: string;

  @Column({ ...types.count, name: 'version' })
  version: number;

  @Column({ ...types.epoch, name: 'created_at' })
  createdAt: number;

  @Column({ ...types.epoch, name: 'last_used_at', nullable: true })
  lastUsedAt: number | null;

  @Column({ ...types.id, name: 'replaced_by', nullable: true })
  replacedBy: string | null;

  @Column({ ...types.epoch, name: 'removed_at' })
  removedAt: number;

  @Column({ ...types.epoch, name: 'expires_at' })
  expiresAt: number;
}
