import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** A started flow with an end, consumed once. */
@Entity('two_factor_tokens')
@Index('two_factor_tokens_account', ['accountId', 'purpose', 'key'])
@Index('two_factor_tokens_end', ['expiresAt'])
export class TokenRow {
  @PrimaryColumn({ ...types.id, name: 'id' })
  id: string;

  @Column({ ...types.name, name: 'purpose' })
  purpose: string;

  @Column({ ...types.id, name: 'account_id' })
  accountId: string;

  @Column({ ...types.key, name: 'session_key' })
  key: string;

  @Column({ ...types.name, name: 'subtype' })
  subtype: string;

  @Column({ ...types.text, name: 'stamp' })
  stamp: string;

  @Column({ ...types.long, name: 'sealed', nullable: true })
  sealed: string | null;

  @Column({ ...types.count, name: 'misses' })
  misses: number;

  @Column({ ...types.epoch, name: 'created_at' })
  createdAt: number;

  @Column({ ...types.epoch, name: 'expires_at' })
  expiresAt: number;
}
