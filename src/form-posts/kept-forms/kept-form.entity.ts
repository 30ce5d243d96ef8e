import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** A row of `kept_forms`: a form that was posted after its session had ended. Each account has a few places for them. */
@Entity('kept_forms')
export class KeptFormRow {
  @PrimaryColumn('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** From 0. A strict bound: a form in an occupied place replaces the older one. */
  @PrimaryColumn('int')
  place: number;

  /** SHA-256 of the token in the browser's cookie. The token itself is not stored. */
  @Index('kept_forms_token')
  @Column('varchar', { name: 'token_hash', length: 64 })
  tokenHash: string;

  /** UTC ms. */
  @Index('kept_forms_expires')
  @Column('bigint', { name: 'expires_at', transformer: epochMs })
  expiresAt: number;

  /** Address and fields, encrypted by the key ring. */
  @Column('text')
  sealed: string;
}
