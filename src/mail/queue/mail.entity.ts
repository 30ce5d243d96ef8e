import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** How far a mail has come. Given up: the operator finds its letter and the reason here. */
export type MailState = 'waiting' | 'sent' | 'given-up';

/** A row of `mails`. What was sent stays a while without its letter: asked for again, it is not sent again. */
@Entity('mails')
@Index('mails_due', ['state', 'dueAt'])
@Index('mails_recipient', ['recipient', 'view', 'dueAt'])
export class MailRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  /** The address, in small letters: what is counted for the pace. */
  @Column('varchar', { length: 254 })
  recipient: string;

  @Column('varchar', { length: 100 })
  view: string;

  /** The letter, sealed; empty once it is sent. */
  @Column('text')
  letter: string;

  @Column('varchar', { length: 16 })
  state: MailState;

  /** How often it could not be delivered. */
  @Column('int')
  tries: number;

  /** UTC ms of the next try. */
  @Column('bigint', { name: 'due_at', transformer: epochMs })
  dueAt: number;

  /** UTC ms; until then one process alone may deliver it. */
  @Column('bigint', { name: 'claimed_until', transformer: epochMs })
  claimedUntil: number;

  /** Why the last try failed. */
  @Column('varchar', { length: 255, nullable: true })
  fault: string | null;

  @Index('mails_created')
  @Column('bigint', { name: 'created_at', transformer: epochMs })
  createdAt: number;
}
