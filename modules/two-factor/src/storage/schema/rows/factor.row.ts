import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** A factor that works. */
@Entity('two_factor_factors')
@Index('two_factor_factors_account', ['accountId'])
export class FactorRow {
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
}
