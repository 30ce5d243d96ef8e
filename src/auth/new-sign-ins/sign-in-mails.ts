import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import type { Account } from '../../accounts/account.js';
import type { PortalEvent } from '../../events/portal-event.js';
import { StopLinks } from '../../mail/notifications/stop-links.js';
import { Mailer } from '../../mail/rendering/mailer.js';
import type { SeenBrowserRow } from './seen-browser.entity.js';
import { SeenBrowsers } from './seen-browsers.js';

/** The mails about sign-ins from a new browser and network. */
@Injectable()
export class SignInMails {
  constructor(
    private readonly seen: SeenBrowsers,
    private readonly mailer: Mailer,
    private readonly stopLinks: StopLinks,
    private readonly database: DataSource,
  ) {}

  /** Remembers the place and queues the mail in one transaction, so that a killed process loses neither, and no event is mailed twice. */
  async send(
    account: Account,
    place: Pick<SeenBrowserRow, 'id' | 'accountId' | 'seenAt'>,
    event: PortalEvent,
  ): Promise<void> {
    const { id, at, ip, userAgent } = event;
    const stop = await this.stopLinks.link({ accountId: account.id, to: account.email, event });
    const mail = { id, to: account, view: 'mail/new-sign-in', model: { at, ip, userAgent, stop } };
    await transaction(this.database, async (manager) => {
      if (await this.seen.add(place, manager)) await this.mailer.send(mail, manager);
    });
  }
}
