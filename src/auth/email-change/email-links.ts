import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Clock } from '../../clock.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { EmailLinkRow } from './email-link.entity.js';

/** Whose address a link changes and to which one, and how the account stood when it was asked for. */
export type Wish = Pick<EmailLinkRow, 'accountId' | 'email' | 'stamp'>;

/** An address that waits to be confirmed; until when, UTC ms. */
export type Waiting = Pick<EmailLinkRow, 'email' | 'expiresAt'>;

/** The links by which a new address is confirmed. */
@Injectable()
export class EmailLinks extends MailedLinks<EmailLinkRow> {
  constructor(database: DataSource, clock: Clock) {
    super(EmailLinkRow, database, clock);
  }

  /** What this account waits for; null when it is nothing, or nothing any more. */
  async waiting({ id: accountId, stamp }: Pick<Account, 'id' | 'stamp'>): Promise<Waiting | null> {
    const link = await this.living({ accountId, stamp });
    return link && { email: link.email, expiresAt: link.expiresAt };
  }
}
