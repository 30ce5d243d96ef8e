import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** A row of `api_tokens`: a token with which a program acts for an account. The token itself is not stored. */
@Entity('api_tokens')
export class ApiTokenRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  @Index('api_tokens_account')
  @Column('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** The owner's name for it; no two valid tokens of an account have the same. */
  @Column('varchar', { length: 60 })
  name: string;

  /** SHA-256 of the token. */
  @Index('api_tokens_hash', { unique: true })
  @Column('varchar', { name: 'token_hash', length: 64 })
  tokenHash: string;

  /** The last characters of the token, which belong to its checksum. */
  @Column('varchar', { length: 8 })
  ending: string;

  /** Separated by blanks. */
  @Column('varchar', { length: 200 })
  scopes: string;

  /** The account's stamp when the token was made. A token stays valid under another stamp, and the list says so. */
  @Column('varchar', { length: 64 })
  stamp: string;

  /** All times are UTC ms. */
  @Column('bigint', { name: 'created_at', transformer: epochMs })
  createdAt: number;

  @Index('api_tokens_expires')
  @Column('bigint', { name: 'expires_at', transformer: epochMs })
  expiresAt: number;

  /** Updated at most once a minute; null: not used yet. */
  @Column('bigint', { name: 'last_used_at', nullable: true, transformer: epochMs })
  lastUsedAt: number | null;

  @Column('varchar', { name: 'last_used_address', length: 64, nullable: true })
  lastUsedAddress: string | null;

  /** Once set, it is never cleared. */
  @Column('bigint', { name: 'revoked_at', nullable: true, transformer: epochMs })
  revokedAt: number | null;
}
