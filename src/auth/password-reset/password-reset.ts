import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import type { Account } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actorOf } from '../common/actor.js';
import { linkOwner } from '../mailed-links/link-owner.js';
import type { LinkStatus } from '../mailed-links/link-token.js';
import { Sessions } from '../sessions/sessions.js';
import { ResetLinks } from './reset-links.js';

/** Sets a new password when the link is followed. It does not sign the person in. */
@Injectable()
export class PasswordReset {
  constructor(
    private readonly accounts: Accounts,
    private readonly links: ResetLinks,
    private readonly sessions: Sessions,
    private readonly database: DataSource,
    private readonly events: PortalEvents,
  ) {}

  /** The account whose password this link replaces; null when the link is not valid. Does not consume the link. */
  async owner(token: string): Promise<Account | null> {
    const link = await this.links.find(token);
    return link && linkOwner(link, this.accounts);
  }

  /** Returns why a link is not valid. */
  linkStatus(token: string): Promise<LinkStatus> {
    return this.links.status(token);
  }

  /**
   * Sets the password, consumes the link and ends every session and pending login of the account, in one transaction. All
   * sessions of the old password are ended (ASVS 7.4.3). Returns false when the link is no longer valid.
   * @throws HashPoolFull
   */
  async set(request: Request, token: string, password: string): Promise<boolean> {
    const next = await this.accounts.newPassword(password);
    return transaction(this.database, async (manager) => {
      const link = await this.links.consume(token, manager);
      const account = link && (await linkOwner(link, this.accounts, manager));
      if (!account || !(await this.accounts.replacePassword(account, next, manager))) return false;
      const data = { byMailedLink: true } as const;
      const facts = { accountId: account.id, actor: actorOf(account), data };
      await this.events.record('password.changed', facts, request, manager);
      await this.sessions.endOthers(account.id, null, manager);
      return true;
    });
  }
}
