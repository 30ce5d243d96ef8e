import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** A row of `email_changes`: the newest link of an account. There is one row an account, so no older link can be good. */
@Entity('email_changes')
export class EmailLinkRow {
  @PrimaryColumn('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** The new address, in its normal form. */
  @Column('varchar', { length: 254 })
  email: string;

  /** SHA-256 of the token, which itself is stored nowhere. */
  @Index('email_changes_token', { unique: true })
  @Column('varchar', { name: 'token_hash', length: 64 })
  tokenHash: string;

  /** The account's stamp when it was asked for: a change of password, e-mail, role or suspension voids the link. */
  @Column('varchar', { length: 64 })
  stamp: string;

  /** UTC ms. */
  @Column('bigint', { name: 'expires_at', transformer: epochMs })
  expiresAt: number;

  /** UTC ms; null: not used yet. */
  @Column('bigint', { name: 'used_at', nullable: true, transformer: epochMs })
  usedAt: number | null;
}
