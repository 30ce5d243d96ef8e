import { Column, Entity, PrimaryColumn } from 'typeorm';
import { epochMs } from '../database/epoch-ms.js';

/** A row of `ticket_messages`: something said in a ticket. Never changed. */
@Entity('ticket_messages')
export class TicketMessageRow {
  @PrimaryColumn('varchar', { name: 'ticket_id', length: 64 })
  ticketId: string;

  /** 0 is what the ticket was opened with. Several may be written in one millisecond. */
  @PrimaryColumn('int')
  place: number;

  @Column('varchar', { name: 'author_id', length: 64 })
  authorId: string;

  /** As they were called when they wrote it. */
  @Column('varchar', { name: 'author_name', length: 100 })
  authorName: string;

  /** 1: written by staff. */
  @Column('smallint')
  staff: number;

  @Column('text')
  body: string;

  @Column('bigint', { name: 'written_at', transformer: epochMs })
  writtenAt: number;
}
