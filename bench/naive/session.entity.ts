import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A session as express-session wants it kept. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('varchar', { length: 255 })
  id: string;

  @Column('text')
  json: string;

  @Column('bigint')
  expiresAt: number;
}
