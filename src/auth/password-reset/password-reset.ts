import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actorOf } from '../common/actor.js';
import { linkOwner } from '../mailed-links/link-owner.js';
import type { Fate } from '../mailed-links/link-token.js';
import { Sessions } from '../sessions/sessions.js';
import { ResetLinks } from './reset-links.js';

/** A link is followed: a new password, and nobody is signed in by it. */
@Injectable()
export class PasswordReset {
  constructor(
    private readonly accounts: Accounts,
    private readonly links: ResetLinks,
    private readonly sessions: Sessions,
    private readonly units: UnitOfWork,
    private readonly events: PortalEvents,
  ) {}

  /** Whose password the link of this token replaces; null when the link is no good, or not any more. Uses nothing up. */
  async owner(token: string): Promise<Account | null> {
    const link = await this.links.find(token);
    return link && linkOwner(link, this.accounts);
  }

  /** What became of a link that has no owner any more. */
  fate(token: string): Promise<Fate> {
    return this.links.fate(token);
  }

  /**
   * Sets the password, uses the link up and ends every session and held login of the account, all in one unit: whoever
   * was let in by the old password is out (ASVS 7.4.3). False when the link is no good any more. @throws HashPoolFull
   */
  async set(request: Request, token: string, password: string): Promise<boolean> {
    const next = await this.accounts.newPassword(password);
    return this.units.run(async (manager) => {
      const link = await this.links.use(token, manager);
      const account = link && (await linkOwner(link, this.accounts, manager));
      if (!account || !(await this.accounts.replacePassword(account, next, manager))) return false;
      const facts = { accountId: account.id, actor: actorOf(account), data: {} };
      await this.events.record('password.changed', facts, request, manager);
      await this.sessions.endOthers(account.id, null, manager);
      return true;
    });
  }
}
