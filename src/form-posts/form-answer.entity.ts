import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { epochMs } from '../database/epoch-ms.js';

/** A row of `form_answers`: a form that was posted a moment ago, and its answer once there is one. */
@Entity('form_answers')
export class FormAnswerRow {
  /** An HMAC of the whole post. */
  @PrimaryColumn('varchar', { length: 64 })
  id: string;

  /** When the post began, UTC ms. */
  @Index('form_answers_begun')
  @Column('bigint', { name: 'begun_at', transformer: epochMs })
  begunAt: number;

  /** An HMAC of the form token; null: entered by an older version. */
  @Index('form_answers_token')
  @Column('varchar', { name: 'token_hash', length: 64, nullable: true })
  tokenHash: string | null;

  /** The answer, encrypted by the key ring; null: not there yet. */
  @Column('text', { nullable: true })
  sealed: string | null;
}
