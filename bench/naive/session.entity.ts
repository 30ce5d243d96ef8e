import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A session in the form that express-session needs. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('varchar', { length: 255 })
  id: string;

  @Column('text')
  json: string;

  @Column('bigint')
  expiresAt: number;
}
