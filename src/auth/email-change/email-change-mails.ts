import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import type { PortalEvent } from '../../events/portal-event.js';
import { StopLinks } from '../../mail/notifications/stop-links.js';
import { type Mail, Mailer } from '../../mail/rendering/mailer.js';
import { undoTo } from './email-undo.js';

/** The requested address, and the token that confirms it. */
export interface Asked {
  readonly account: Account;
  readonly email: string;
  readonly token: string;
  /** The link “This wasn’t me”; null: there is none. */
  readonly stop: string | null;
}

/** Queues the mails about a new address, in the transaction of the change. Each mail id is derived from the event's id. */
@Injectable()
export class EmailChangeMails {
  constructor(
    private readonly accounts: Accounts,
    private readonly mailer: Mailer,
    private readonly config: Config,
    private readonly stopLinks: StopLinks,
    private readonly clock: Clock,
  ) {}

  /**
   * A link “This wasn’t me” for the mail to the present address, which gives the account that address back; null: there is none. Call it before the
   * transaction of the mail.
   */
  stopLink(
    { id: accountId, email }: Account,
    name: 'email.changed' | 'email.change-requested',
  ): Promise<string | null> {
    const event = { id: randomUUID(), name, at: this.clock.now() };
    return this.stopLinks.link({ accountId, to: email, event, undo: undoTo(email) });
  }

  /**
   * Queues two mails in every case: one to the old address, one to the new. The second contains the link only if no account has
   * that address yet.
   */
  async asked(
    { account, email, token, stop }: Asked,
    event: PortalEvent,
    manager: EntityManager,
  ): Promise<void> {
    const owner = await this.accounts.byEmail(email, manager);
    const content = owner ? this.taken(owner) : this.free(account, email, token);
    const notice = { to: account, view: 'mail/email-asked', model: { newEmail: email, stop } };
    await this.send(event, 'old', notice, manager);
    await this.send(event, 'new', content, manager);
  }

  /** Goes to the previous address of the account. */
  async changed(
    former: Account,
    { newEmail, stop }: { readonly newEmail: string; readonly stop: string | null },
    event: PortalEvent,
    manager: EntityManager,
  ): Promise<void> {
    await this.send(
      event,
      'old',
      { to: former, view: 'mail/email-changed', model: { newEmail, stop } },
      manager,
    );
  }

  /** The mail contains no name. A stranger may read it, and the requester can choose the name freely. */
  private free({ locale, timeZone }: Account, email: string, token: string): Omit<Mail, 'id'> {
    // Never uses the request's Host header: otherwise the requester could choose where the link leads (CWE-640).
    const link = `${this.config.publicUrl}/account/email/confirm/${token}`;
    return { to: { name: '', email, locale, timeZone }, view: 'mail/email-confirm', model: { link } };
  }

  private taken(owner: Account): Omit<Mail, 'id'> {
    return { to: owner, view: 'mail/email-taken', model: {} };
  }

  private async send(
    { id, at, ip, userAgent }: PortalEvent,
    which: 'old' | 'new',
    { to, view, model }: Omit<Mail, 'id'>,
    manager: EntityManager,
  ): Promise<void> {
    await this.mailer.send(
      { id: `${id}-${which}`, to, view, model: { ...model, at, ip, userAgent } },
      manager,
    );
  }
}
