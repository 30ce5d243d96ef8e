import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../database/epoch-ms.js';

/** A row of `portal_events`: an event recorded with its change and not delivered yet. The row is deleted after the delivery. */
@Entity('portal_events')
export class PortalEventRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  /** The event as JSON. */
  @Column('text')
  body: string;

  /** How often the delivery was refused. */
  @Column('int')
  tries: number;

  /** UTC ms; until then only one process may deliver it. */
  @Index('portal_events_due')
  @Column('bigint', { name: 'claimed_until', transformer: epochMs })
  claimedUntil: number;

  @Column('bigint', { name: 'created_at', transformer: epochMs })
  createdAt: number;
}
