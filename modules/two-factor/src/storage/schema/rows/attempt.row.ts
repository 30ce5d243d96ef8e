import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { types } from '../column-types.js';

/** The number of wrong answers. */
@Entity('two_factor_attempts')
@Index('two_factor_attempts_window', ['windowEnds'])
export class AttemptRow {
  @PrimaryColumn({ ...types.subject, name: 'subject' })
  subject: string;

  @Column({ ...types.count, name: 'misses' })
  misses: number;

  @Column({ ...types.epoch, name: 'waits_until' })
  waitsUntil: number;

  @Column({ ...types.epoch, name: 'window_ends' })
  windowEnds: number;
}
