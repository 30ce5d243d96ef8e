import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../clock.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { ResetLinkRow } from './reset-link.entity.js';

/** The links by which a forgotten password is replaced. */
@Injectable()
export class ResetLinks extends MailedLinks<ResetLinkRow> {
  constructor(database: DataSource, clock: Clock) {
    super(ResetLinkRow, database, clock);
  }
}
