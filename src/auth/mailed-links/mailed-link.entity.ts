import { Column, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** A mailed link, whatever it is for: the newest of an account. One row an account, so no older link can be good. */
export abstract class MailedLinkRow {
  @PrimaryColumn('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** SHA-256 of the token, which itself is stored nowhere. */
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
