import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/**
 * The stored states of an approval. `open`: the owner has not decided. `used`: the act was handed to its route, once. An approval that is too old
 * counts as expired in each state but `used` and `refused`.
 */
export type StoredApprovalState = 'open' | 'granted' | 'refused' | 'used';

/** A row of `token_approvals`: a dangerous act that a token asked for. */
@Entity('token_approvals')
@Index('token_approvals_account', ['accountId', 'state'])
export class TokenApprovalRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  @Column('varchar', { name: 'account_id', length: 64 })
  accountId: string;

  @Index('token_approvals_token')
  @Column('varchar', { name: 'token_id', length: 64 })
  tokenId: string;

  /** The account's stamp at the time of the request. A change of password, e-mail, role or suspension voids the approval. */
  @Column('varchar', { length: 64 })
  stamp: string;

  /** The stable name of the act, e.g. `epp-code.show`. */
  @Column('varchar', { length: 64 })
  act: string;

  /** SHA-256 of act, method, address and body: only exactly this request is carried out. */
  @Column('varchar', { length: 64 })
  binding: string;

  /** JSON: what will happen, as a message key with its values, and the fields of the body. */
  @Column('text')
  description: string;

  /** Where the token asked from. */
  @Column('varchar', { length: 64 })
  address: string;

  @Column('varchar', { length: 16 })
  state: StoredApprovalState;

  /** All times are UTC ms. */
  @Column('bigint', { name: 'created_at', transformer: epochMs })
  createdAt: number;

  @Index('token_approvals_expires')
  @Column('bigint', { name: 'expires_at', transformer: epochMs })
  expiresAt: number;

  @Column('bigint', { name: 'decided_at', nullable: true, transformer: epochMs })
  decidedAt: number | null;

  @Column('bigint', { name: 'used_at', nullable: true, transformer: epochMs })
  usedAt: number | null;
}
