import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../database/epoch-ms.js';

/** A row of `audit_entries`: one event, kept permanently. Rows are only ever added. */
@Entity('audit_entries')
@Index('audit_entries_at', ['at', 'eventId'])
@Index('audit_entries_account', ['accountId', 'at'])
@Index('audit_entries_name', ['name', 'at'])
export class AuditEntryRow {
  /** The event's own id, so an event that is delivered twice is one entry. */
  @PrimaryColumn('varchar', { name: 'event_id', length: 64 })
  eventId: string;

  /** When it happened, UTC ms. */
  @Column('bigint', { transformer: epochMs })
  at: number;

  @Column('varchar', { length: 100 })
  name: string;

  @Column('varchar', { name: 'account_id', length: 64, nullable: true })
  accountId: string | null;

  @Column('varchar', { name: 'actor_type', length: 16 })
  actorType: string;

  @Column('varchar', { name: 'actor_id', length: 64 })
  actorId: string;

  @Column('varchar', { length: 64, nullable: true })
  ip: string | null;

  @Column('varchar', { name: 'user_agent', length: 255, nullable: true })
  userAgent: string | null;

  @Column('varchar', { name: 'request_id', length: 64, nullable: true })
  requestId: string | null;

  /** JSON. */
  @Column('text')
  data: string;
}
