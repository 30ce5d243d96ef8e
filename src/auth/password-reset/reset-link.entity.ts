import { Column, Entity, Index } from 'typeorm';
import { MailedLinkRow } from '../mailed-link.entity.js';

/** A row of `password_resets`. */
@Entity('password_resets')
@Index('password_resets_token', ['tokenHash'], { unique: true })
export class ResetLinkRow extends MailedLinkRow {
  /** The event that asks for the mail. */
  @Column('varchar', { name: 'event_id', length: 64 })
  eventId: string;

  /** 256 random bits; with the portal's secret they make the token, alone they make nothing. */
  @Column('varchar', { length: 64 })
  salt: string;
}
