import { Entity, Index } from 'typeorm';
import { MailedLinkRow } from '../mailed-links/mailed-link.entity.js';

/** A row of `password_resets`. */
@Entity('password_resets')
@Index('password_resets_token', ['tokenHash'], { unique: true })
export class ResetLinkRow extends MailedLinkRow {}
