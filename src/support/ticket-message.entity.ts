import { Column, Entity, PrimaryColumn } from 'typeorm';
import { epochMs } from '../database/epoch-ms.js';

/** A row of `ticket_messages`: a message in a ticket. It is never changed. */
@Entity('ticket_messages')
export class TicketMessageRow {
  @PrimaryColumn('varchar', { name: 'ticket_id', length: 64 })
  ticketId: string;

  /** 0 is the first message. A number is needed because several may be written in one millisecond. */
  @PrimaryColumn('int')
  place: number;

  @Column('varchar', { name: 'author_id', length: 64 })
  authorId: string;

  /** The author's name at the time of writing. */
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
