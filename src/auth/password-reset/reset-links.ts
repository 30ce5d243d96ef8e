import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../clock.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { ResetLinkRow } from './reset-link.entity.js';

/** Whose link it is, and how the account stood when it was made. */
export type LinkOwner = Pick<ResetLinkRow, 'accountId' | 'stamp'>;

/** The links by which a forgotten password is replaced; the token is 256 random bits. */
@Injectable()
export class ResetLinks extends MailedLinks<ResetLinkRow> {
  constructor(database: DataSource, clock: Clock) {
    super(ResetLinkRow, database, clock);
  }

  /** The token of a new link, in the unit at hand; the account's older one is void. */
  async issue({ accountId, stamp }: LinkOwner, manager: EntityManager): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.keep(token, { accountId, stamp }, manager);
    return token;
  }
}
