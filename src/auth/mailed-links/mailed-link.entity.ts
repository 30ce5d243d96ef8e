import { Column, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** The newest mailed link of an account, for one purpose. Each account has one row, so no older link can be valid. */
export abstract class MailedLinkRow {
  @PrimaryColumn('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** SHA-256 of the token. The token itself is not stored. */
  @Column('varchar', { name: 'token_hash', length: 64 })
  tokenHash: string;

  /** The account's stamp at the time of the request. A change of password, e-mail, role or suspension voids the link. */
  @Column('varchar', { length: 64 })
  stamp: string;

  /** UTC ms. */
  @Column('bigint', { name: 'expires_at', transformer: epochMs })
  expiresAt: number;

  /** UTC ms; null: not used yet. */
  @Column('bigint', { name: 'used_at', nullable: true, transformer: epochMs })
  usedAt: number | null;
}
