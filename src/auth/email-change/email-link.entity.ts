import { Column, Entity, Index } from 'typeorm';
import { MailedLinkRow } from '../mailed-links/mailed-link.entity.js';

/** A row of `email_changes`. */
@Entity('email_changes')
@Index('email_changes_token', ['tokenHash'], { unique: true })
export class EmailLinkRow extends MailedLinkRow {
  /** The new address, in its normal form. */
  @Column('varchar', { length: 254 })
  email: string;
}
