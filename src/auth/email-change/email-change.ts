import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { EmailAddresses } from '../../accounts/email-addresses.service.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actorOf } from '../common/actor.js';
import { currentSession, requestSession } from '../sessions/current-session.js';
import { Sessions } from '../sessions/sessions.js';
import { EmailChangeMails } from './email-change-mails.js';

/** Result of the change; `kept` says whether this browser is still signed in. Null: nothing was changed. */
export type Switched = { readonly kept: boolean } | null;

/** Gives an account its new address, with all consequences. */
@Injectable()
export class EmailChange {
  constructor(
    private readonly addresses: EmailAddresses,
    private readonly sessions: Sessions,
    private readonly events: PortalEvents,
    private readonly letters: EmailChangeMails,
  ) {}

  /**
   * Runs in the given transaction. Every session and pending login of the account ends, except the owner's own session in this
   * browser, which continues under the new stamp. Links that replace the password become void. Returns null when the account
   * was changed meanwhile.
   * `stop`: the link “This wasn’t me” for the mail to the former address.
   * @throws a violation of the unique index when another account has the address.
   */
  async apply(
    request: Request,
    account: Account,
    { newEmail: email, stop }: { readonly newEmail: string; readonly stop: string | null },
    manager: EntityManager,
  ): Promise<Switched> {
    const stamp = await this.addresses.replace(account, email, manager);
    if (stamp === null) return null;
    const facts = { accountId: account.id, actor: actorOf(account), data: {} };
    const event = await this.events.record('email.changed', facts, request, manager);
    const key = await this.keptKey(request, account, stamp, manager);
    await this.sessions.endOthers(account.id, key, manager);
    await this.letters.changed(account, { newEmail: email, stop }, event, manager);
    return { kept: key !== null };
  }

  /** The key of the session that stays; null when no valid session of the account exists in this browser. */
  private async keptKey(
    request: Request,
    account: Account,
    stamp: string,
    manager: EntityManager,
  ): Promise<string | null> {
    const [current, id] = [currentSession(request), requestSession(request)?.id];
    if (current?.account.id !== account.id || id === undefined) return null;
    return (await this.sessions.restamp(id, account.stamp, stamp, manager)) ? current.key : null;
  }
}
