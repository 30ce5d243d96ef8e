import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import type { Account } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { isUniqueViolation } from '../../database/connection/database-errors.js';
import { linkOwner } from '../mailed-links/link-owner.js';
import { EmailLinks, type Wish } from './email-links.js';
import { EmailChangeMails } from './email-change-mails.js';
import { EmailChange, type Switched } from './email-change.js';

/** The account that a valid link changes, and its new address. */
export interface Confirmable {
  readonly account: Account;
  readonly email: string;
}

/** Confirms the new address when the link is followed. It does not sign the person in. */
@Injectable()
export class EmailConfirmation {
  constructor(
    private readonly accounts: Accounts,
    private readonly links: EmailLinks,
    private readonly database: DataSource,
    private readonly emails: EmailChange,
    private readonly letters: EmailChangeMails,
  ) {}

  /** The change that the link of this token makes; null when the link is not valid. Does not consume the link. */
  async find(token: string): Promise<Confirmable | null> {
    const queued = await this.links.find(token);
    return queued && this.confirmable(queued);
  }

  /** Consumes the link. Returns null when it is no longer valid, and `taken` when another account has the address by now. */
  async confirm(request: Request, token: string): Promise<Switched | 'taken'> {
    const stop = await this.stopLink(token);
    try {
      return await transaction(this.database, async (manager) => {
        const queued = await this.links.consume(token, manager);
        const found = queued && (await this.confirmable(queued, manager));
        return (
          found && (await this.emails.apply(request, found.account, { newEmail: found.email, stop }, manager))
        );
      });
    } catch (error) {
      // Caught outside the transaction, which is rolled back completely: PostgreSQL allows no further statement inside it.
      if (isUniqueViolation(error)) return 'taken';
      throw error;
    }
  }

  /** For the mail to the former address. It is made before the transaction; where nothing changes, no mail contains it. */
  private async stopLink(token: string): Promise<string | null> {
    const found = await this.find(token);
    return found && this.letters.stopLink(found.account, 'email.changed');
  }

  private async confirmable(queued: Wish, manager?: EntityManager): Promise<Confirmable | null> {
    const account = await linkOwner(queued, this.accounts, manager);
    return account && { account, email: queued.email };
  }
}
