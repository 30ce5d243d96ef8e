import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { Config } from '../../config.js';
import type { PortalEvent } from '../../events/portal-event.js';
import { type Mail, Mailer } from '../../mail/letters/mailer.js';

/** Somebody asked for this address, and this token confirms it. */
export interface Asked {
  readonly account: Account;
  readonly email: string;
  readonly token: string;
}

/** What is mailed about a new address, in the unit of the change it tells of; each id is made from the event's. */
@Injectable()
export class EmailLetters {
  constructor(
    private readonly accounts: Accounts,
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  /**
   * Two letters, whoever has the new address: one to the old, one to the new. The second holds the link only where
   * nobody has that address yet.
   */
  async asked({ account, email, token }: Asked, event: PortalEvent, manager: EntityManager): Promise<void> {
    const owner = await this.accounts.byEmail(email, manager);
    const told = owner ? this.taken(owner) : this.free(account, email, token);
    const notice = { to: account, view: 'mail/email-asked', model: { newEmail: email } };
    await this.send(event, 'old', notice, manager);
    await this.send(event, 'new', told, manager);
  }

  /** To the address that was the account's until now. */
  async changed(
    former: Account,
    newEmail: string,
    event: PortalEvent,
    manager: EntityManager,
  ): Promise<void> {
    await this.send(event, 'old', { to: former, view: 'mail/email-changed', model: { newEmail } }, manager);
  }

  /** Nobody's name is in it: a stranger may read it, and the name is whatever the one who asked wants it to be. */
  private free({ locale }: Account, email: string, token: string): Omit<Mail, 'id'> {
    // Never the request's Host: whoever asks for the link would choose where it leads (CWE-640).
    const link = `${this.config.publicUrl}/account/email/confirm/${token}`;
    return { to: { name: '', email, locale }, view: 'mail/email-confirm', model: { link } };
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
