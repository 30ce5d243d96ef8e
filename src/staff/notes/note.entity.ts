import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../../database/epoch-ms.js';

/** What a note is about: a client, or a ticket. */
export type NoteSubject = 'client' | 'ticket';

/** A row of `staff_notes`: what staff wrote for staff. It is never changed, and no client sees it. */
@Entity('staff_notes')
@Index('staff_notes_subject', ['about', 'aboutId', 'writtenAt'])
export class NoteRow {
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  @Column('varchar', { length: 16 })
  about: NoteSubject;

  /** The id of the account or of the ticket. */
  @Column('varchar', { name: 'about_id', length: 64 })
  aboutId: string;

  @Column('varchar', { name: 'author_id', length: 64 })
  authorId: string;

  /** The author's name at the time of writing. */
  @Column('varchar', { name: 'author_name', length: 100 })
  authorName: string;

  @Column('text')
  body: string;

  /** UTC ms. */
  @Column('bigint', { name: 'written_at', transformer: epochMs })
  writtenAt: number;
}
