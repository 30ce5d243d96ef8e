import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../clock.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { ResetLinkRow } from './reset-link.entity.js';

/** The account of a link, and its stamp when the link was made. */
export type LinkOwner = Pick<ResetLinkRow, 'accountId' | 'stamp'>;

/** The links that replace a forgotten password; the token has 256 random bits. */
@Injectable()
export class ResetLinks extends MailedLinks<ResetLinkRow> {
  constructor(database: DataSource, clock: Clock) {
    super(ResetLinkRow, database, clock);
  }

  /** Returns the token of a new link, stored in the given transaction. The account's older link becomes void. */
  async issue({ accountId, stamp }: LinkOwner, manager: EntityManager): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.keep(token, { accountId, stamp }, manager);
    return token;
  }
}
