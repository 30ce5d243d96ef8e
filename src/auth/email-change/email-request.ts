import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import type { Account } from '../../accounts/account.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actorOf } from '../common/actor.js';
import { EmailChangeMails } from './email-change-mails.js';
import { EmailLimits } from './email-limits.js';
import { EmailLinks } from './email-links.js';

/** Handles the owner's request for another address. */
@Injectable()
export class EmailRequest {
  constructor(
    private readonly limits: EmailLimits,
    private readonly links: EmailLinks,
    private readonly letters: EmailChangeMails,
    private readonly database: DataSource,
    private readonly events: PortalEvents,
  ) {}

  /**
   * A taken address and a free one look alike and cost the same. Both write a link, an event and two mails in the same
   * statements; the mails are sent later. `email` must be in its normal form.
   * @throws PortalProblem TOO_MANY_ATTEMPTS
   */
  async ask(request: Request, account: Account, email: string): Promise<void> {
    await this.limits.consume(account.id, email);
    const { id: accountId, stamp } = account;
    const facts = { accountId, actor: actorOf(account), data: {} };
    const stop = await this.letters.stopLink(account, 'email.change-requested');
    await transaction(this.database, async (manager) => {
      const token = await this.links.issue({ accountId, email, stamp }, manager);
      const event = await this.events.record('email.change-requested', facts, request, manager);
      await this.letters.asked({ account, email, token, stop }, event, manager);
    });
  }
}
