import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { isTaken } from '../../database/taken.js';
import { linkOwner } from '../mailed-links/link-owner.js';
import { EmailLinks, type Wish } from './email-links.js';
import { EmailSwitch, type Switched } from './email-switch.js';

/** Whose address a good link changes, and to which one. */
export interface Confirmable {
  readonly account: Account;
  readonly email: string;
}

/** A link is followed: the new address is confirmed, and nobody is signed in by it. */
@Injectable()
export class EmailConfirmation {
  constructor(
    private readonly accounts: Accounts,
    private readonly links: EmailLinks,
    private readonly units: UnitOfWork,
    private readonly emails: EmailSwitch,
  ) {}

  /** What the link of this token is to do; null when it is no good, or not any more. Uses nothing up. */
  async find(token: string): Promise<Confirmable | null> {
    const wish = await this.links.find(token);
    return wish && this.confirmable(wish);
  }

  /** Uses the link up. Null when it is no good any more; `taken` when somebody else has the address by now. */
  async confirm(request: Request, token: string): Promise<Switched | 'taken'> {
    try {
      return await this.units.run(async (manager) => {
        const wish = await this.links.use(token, manager);
        const found = wish && (await this.confirmable(wish, manager));
        return found && (await this.emails.make(request, found.account, found.email, manager));
      });
    } catch (error) {
      // Caught outside the unit, which is rolled back whole: PostgreSQL would let nothing more be done inside it.
      if (isTaken(error)) return 'taken';
      throw error;
    }
  }

  private async confirmable(wish: Wish, manager?: EntityManager): Promise<Confirmable | null> {
    const account = await linkOwner(wish, this.accounts, manager);
    return account && { account, email: wish.email };
  }
}
