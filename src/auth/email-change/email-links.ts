import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Clock } from '../../clock.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { EmailLinkRow } from './email-link.entity.js';

/** The account that a link changes, the new address, and the account's stamp at the time of the request. */
export type Wish = Pick<EmailLinkRow, 'accountId' | 'email' | 'stamp'>;

/** An address that waits for confirmation, and its end in UTC ms. */
export type Waiting = Pick<EmailLinkRow, 'email' | 'expiresAt'>;

/** The links that confirm a new address. */
@Injectable()
export class EmailLinks extends MailedLinks<EmailLinkRow> {
  constructor(database: DataSource, clock: Clock) {
    super(EmailLinkRow, database, clock);
  }

  /** The address that this account has to confirm; null when there is none, or when it has expired. */
  async waiting({ id: accountId, stamp }: Pick<Account, 'id' | 'stamp'>): Promise<Waiting | null> {
    const link = await this.living({ accountId, stamp });
    return link && { email: link.email, expiresAt: link.expiresAt };
  }
}
