import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** State of a mail. A mail that was given up keeps its content and the reason for the operator. */
export type MailState = 'waiting' | 'sent' | 'given-up';

/** A row of `mails`. A sent mail stays for some time without its content, so that the same id is not sent again. */
@Entity('mails')
@Index('mails_due', ['state', 'dueAt'])
@Index('mails_recipient', ['recipient', 'view', 'dueAt'])
export class MailRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  /** The address in lower case; the rate limit counts by it. */
  @Column('varchar', { length: 254 })
  recipient: string;

  @Column('varchar', { length: 100 })
  view: string;

  /** The sealed mail; empty after it was sent. */
  @Column('text')
  letter: string;

  @Column('varchar', { length: 16 })
  state: MailState;

  /** Number of failed deliveries. */
  @Column('int')
  tries: number;

  /** UTC ms of the next try. */
  @Column('bigint', { name: 'due_at', transformer: epochMs })
  dueAt: number;

  /** UTC ms; until then only one process may deliver it. */
  @Column('bigint', { name: 'claimed_until', transformer: epochMs })
  claimedUntil: number;

  /** The reason of the last failure. */
  @Column('varchar', { length: 255, nullable: true })
  fault: string | null;

  @Index('mails_created')
  @Column('bigint', { name: 'created_at', transformer: epochMs })
  createdAt: number;
}
