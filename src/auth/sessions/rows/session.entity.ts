import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../../database/epoch-ms.js';

/** A row of `sessions`: a signed-in person (`accountId`) or a pending login (`pendingAccountId`), never both. */
@Entity('sessions')
export class SessionRow {
  /**
   * SHA-256 of the id in the cookie, so a copy of the table gives no access. It is replaced at every change of the session
   * state.
   */
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  /** The signed-in account; null for a pending login. */
  @Index('sessions_account')
  @Column('varchar', { name: 'account_id', length: 64, nullable: true })
  accountId: string | null;

  /**
   * Created when the login began; it stays the same when verification or step-up changes the session id. Drafts and form tokens
   * are bound to it.
   */
  @Column('varchar', { name: 'session_key', length: 64 })
  key: string;

  /** The account's stamp when the login began. If the account's stamp differs, the session is invalid. */
  @Column('varchar', { length: 64 })
  stamp: string;

  /** The account's sessions version when the login began. If the account's version differs, the session is invalid. */
  @Column('int')
  version: number;

  /** When the password was verified. All times are UTC ms. */
  @Column('bigint', { name: 'created_at', transformer: epochMs })
  createdAt: number;

  /** When the last gate was passed; null for a pending login. */
  @Column('bigint', { name: 'signed_in_at', nullable: true, transformer: epochMs })
  signedInAt: number | null;

  /** Updated at most once a minute. */
  @Index('sessions_last_seen')
  @Column('bigint', { name: 'last_seen_at', transformer: epochMs })
  lastSeenAt: number;

  /** Once set, it is never cleared: every change of a row requires null here. */
  @Column('bigint', { name: 'ended_at', nullable: true, transformer: epochMs })
  endedAt: number | null;

  /** Client address and browser at sign-in, for the owner's list. */
  @Column('varchar', { length: 64 })
  address: string;

  @Column('varchar', { length: 400 })
  agent: string;

  /** The id that the gate gave this pending login. */
  @Column('varchar', { name: 'pending_login_id', length: 64, nullable: true })
  pendingLoginId: string | null;

  @Index('sessions_pending_account')
  @Column('varchar', { name: 'pending_account_id', length: 64, nullable: true })
  pendingAccountId: string | null;

  /** The gate's own name of the state. */
  @Column('varchar', { name: 'pending_state', length: 16, nullable: true })
  pendingState: string | null;

  /** The module whose gate created the pending login. */
  @Column('varchar', { name: 'pending_gate', length: 64, nullable: true })
  pendingGate: string | null;

  /** The destination after the sign-in. */
  @Column('text', { name: 'pending_return_to', nullable: true })
  pendingReturnTo: string | null;
}
