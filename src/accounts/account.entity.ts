import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../database/epoch-ms.js';
import type { Role } from './account.js';

/** A row of `accounts`: one person who can sign in. */
@Entity('accounts')
@Index('accounts_created', ['createdAt', 'id'])
export class AccountRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  @Index('accounts_email', { unique: true })
  @Column('varchar', { length: 254 })
  email: string;

  @Column('varchar', { length: 100 })
  name: string;

  @Column('varchar', { length: 16 })
  role: Role;

  /** Argon2id in PHC form; the text contains its own cost. */
  @Column('varchar', { name: 'password_hash', length: 255 })
  passwordHash: string;

  @Column('varchar', { length: 64 })
  stamp: string;

  /** Counts up when the account's other sessions are ended. It is a version and not a time, because clocks of machines differ. */
  @Column('int', { name: 'sessions_version', default: 0 })
  sessionsVersion: number;

  /** UTC ms; null: not suspended. */
  @Column('bigint', { name: 'suspended_at', nullable: true, transformer: epochMs })
  suspendedAt: number | null;

  /** BCP 47 tag of the language that the person chose; null: none chosen, so the browser's language is used. */
  @Column('varchar', { length: 35, nullable: true })
  locale: string | null;

  /** IANA name of the time zone that the person chose; null: none chosen, so the browser's zone is used. */
  @Column('varchar', { name: 'time_zone', length: 64, nullable: true })
  timeZone: string | null;

  /** UTC ms of the last change of password or e-mail address; null: none is known. */
  @Column('bigint', { name: 'credentials_changed_at', nullable: true, transformer: epochMs })
  credentialsChangedAt: number | null;

  @Column('bigint', { name: 'created_at', transformer: epochMs })
  createdAt: number;
}
