import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../database/epoch-ms.js';

/** A row of `portal_events`: recorded with the change it tells of, not yet handed over. Handed over, the row goes. */
@Entity('portal_events')
export class PortalEventRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  /** The event as JSON. */
  @Column('text')
  body: string;

  /** How often the hand-over was refused. */
  @Column('int')
  tries: number;

  /** UTC ms; until then one process alone may hand it over. */
  @Index('portal_events_due')
  @Column('bigint', { name: 'claimed_until', transformer: epochMs })
  claimedUntil: number;

  @Column('bigint', { name: 'created_at', transformer: epochMs })
  createdAt: number;
}
