import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** A row of `sessions`: somebody signed in (`accountId`), or a login waiting for a gate (`heldAccountId`); never both. */
@Entity('sessions')
export class SessionRow {
  /** SHA-256 of the id in the cookie, so that the table alone opens nothing. A new one at every change of standing. */
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  /** Who is signed in; null while held. */
  @Index('sessions_account')
  @Column('varchar', { name: 'account_id', length: 64, nullable: true })
  accountId: string | null;

  /** Made when the login began; stays through the new ids of proof and step-up. Drafts and form tokens are bound to it. */
  @Column('varchar', { name: 'session_key', length: 64 })
  key: string;

  /** The account's stamp when the login began. When the account's differs, the session is dead. */
  @Column('varchar', { length: 64 })
  stamp: string;

  /** The account's sessions version when the login began. When the account's differs, the session is dead. */
  @Column('int')
  version: number;

  /** When the password was right. All times are UTC ms. */
  @Column('bigint', { name: 'created_at', transformer: epochMs })
  createdAt: number;

  /** When the last gate was passed; null while held. */
  @Column('bigint', { name: 'signed_in_at', nullable: true, transformer: epochMs })
  signedInAt: number | null;

  /** Written at most once a minute. */
  @Index('sessions_last_seen')
  @Column('bigint', { name: 'last_seen_at', transformer: epochMs })
  lastSeenAt: number;

  /** Once set, nothing ever clears it: every change of a row asks for null here. */
  @Column('bigint', { name: 'ended_at', nullable: true, transformer: epochMs })
  endedAt: number | null;

  /** Client address and browser at sign-in, for the owner's list. */
  @Column('varchar', { length: 64 })
  address: string;

  @Column('varchar', { length: 400 })
  agent: string;

  /** The id that the holding gate gave this held login. */
  @Column('varchar', { name: 'held_login_id', length: 64, nullable: true })
  heldLoginId: string | null;

  @Index('sessions_held_account')
  @Column('varchar', { name: 'held_account_id', length: 64, nullable: true })
  heldAccountId: string | null;

  /** What the gate waits for, in its own words. */
  @Column('varchar', { name: 'held_state', length: 16, nullable: true })
  heldState: string | null;

  /** The module whose gate holds the login. */
  @Column('varchar', { name: 'held_gate', length: 64, nullable: true })
  heldGate: string | null;

  /** Where the person wanted to go. */
  @Column('text', { name: 'held_return_to', nullable: true })
  heldReturnTo: string | null;
}
