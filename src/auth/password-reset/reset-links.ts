import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull, MoreThan } from 'typeorm';
import { Clock } from '../../clock.js';
import { linkLife } from '../mailed-links/link-token.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { ResetLinkRow } from './reset-link.entity.js';

/** The links that replace a forgotten password. */
@Injectable()
export class ResetLinks extends MailedLinks<ResetLinkRow> {
  constructor(database: DataSource, clock: Clock) {
    super(ResetLinkRow, database, clock);
  }

  /** Whether a link of this account that is still valid was made after this time (UTC ms). */
  async isMadeAfter(accountId: string, time: number, manager: EntityManager): Promise<boolean> {
    const where = { accountId, usedAt: IsNull(), expiresAt: MoreThan(time + linkLife) };
    return manager.existsBy(ResetLinkRow, where);
  }
}
