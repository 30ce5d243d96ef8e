import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Clock } from '../../clock.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { EmailLinkRow } from './email-link.entity.js';

/** The account that a link changes, the new address, and the account's stamp at the time of the request. */
export type Wish = Pick<EmailLinkRow, 'accountId' | 'email' | 'stamp'>;

/** An address that waits for confirmation, and its end in UTC ms. */
export type Waiting = Pick<EmailLinkRow, 'email' | 'expiresAt'>;

/** The links that confirm a new address; the token has 256 random bits. */
@Injectable()
export class EmailLinks extends MailedLinks<EmailLinkRow> {
  constructor(database: DataSource, clock: Clock) {
    super(EmailLinkRow, database, clock);
  }

  /** Returns the token of a new link, stored in the given transaction. The account's older link becomes void. */
  async issue(wish: Wish, manager: EntityManager): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.keep(token, wish, manager);
    return token;
  }

  /** The address that this account has to confirm; null when there is none, or when it has expired. */
  async waiting({ id: accountId, stamp }: Pick<Account, 'id' | 'stamp'>): Promise<Waiting | null> {
    const link = await this.living({ accountId, stamp });
    return link && { email: link.email, expiresAt: link.expiresAt };
  }
}
