import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../clock.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { ResetLinkRow } from './reset-link.entity.js';

/** The links that replace a forgotten password. */
@Injectable()
export class ResetLinks extends MailedLinks<ResetLinkRow> {
  constructor(database: DataSource, clock: Clock) {
    super(ResetLinkRow, database, clock);
  }
}
