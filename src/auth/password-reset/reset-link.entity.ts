import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** A row of `password_resets`: the newest link of an account. There is one row an account, so no older link can be good. */
@Entity('password_resets')
export class ResetLinkRow {
  @PrimaryColumn('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  /** The event that asks for the mail. */
  @Column('varchar', { name: 'event_id', length: 64 })
  eventId: string;

  /** 256 random bits; with the portal's secret they make the token, alone they make nothing. */
  @Column('varchar', { length: 64 })
  salt: string;

  /** SHA-256 of the token, which itself is stored nowhere. */
  @Index('password_resets_token', { unique: true })
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
