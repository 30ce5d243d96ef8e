import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { EmailAddresses } from '../../accounts/email-addresses.service.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actorOf } from '../common/actor.js';
import { currentSession, standing } from '../sessions/current-session.js';
import { Sessions } from '../sessions/sessions.js';
import { EmailLetters } from './email-letters.js';

/** What became of an address: changed, where `kept` says whether this browser is still signed in; or not. */
export type Switched = { readonly kept: boolean } | null;

/** An account gets its new address, with all that follows from it. */
@Injectable()
export class EmailSwitch {
  constructor(
    private readonly addresses: EmailAddresses,
    private readonly sessions: Sessions,
    private readonly events: PortalEvents,
    private readonly letters: EmailLetters,
  ) {}

  /**
   * In the unit at hand. Every session and held login of the account ends but the owner's own at this browser, which goes on
   * under the new stamp; links to replace the password are void by it. Null when the account was changed meanwhile.
   * @throws a violation of the unique index when somebody else has the address.
   */
  async make(request: Request, account: Account, email: string, manager: EntityManager): Promise<Switched> {
    const stamp = await this.addresses.replace(account, email, manager);
    if (stamp === null) return null;
    const facts = { accountId: account.id, actor: actorOf(account), data: {} };
    const event = await this.events.record('email.changed', facts, request, manager);
    const key = await this.keptKey(request, account, stamp, manager);
    await this.sessions.endOthers(account.id, key, manager);
    await this.letters.changed(account, email, event, manager);
    return { kept: key !== null };
  }

  /** The key of the session that stays; null when nobody is signed in at this browser, or not any more. */
  private async keptKey(
    request: Request,
    account: Account,
    stamp: string,
    manager: EntityManager,
  ): Promise<string | null> {
    const [current, id] = [currentSession(request), standing(request)?.id];
    if (current?.account.id !== account.id || id === undefined) return null;
    return (await this.sessions.restamp(id, account.stamp, stamp, manager)) ? current.key : null;
  }
}
