import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import { Accounts } from '../../accounts/accounts.service.js';
import { PortalEvents } from '../../events/portal-events.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { actorOf } from '../common/actor.js';
import { currentSession, requestSession } from '../sessions/current-session.js';
import { loginEnded, Sessions } from '../sessions/sessions.js';

/** Sets a new password. All other sessions end, and everything begun under the old password is void. */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly database: DataSource,
    private readonly events: PortalEvents,
  ) {}

  /**
   * Sets the password of the signed-in person.
   * @throws HashPoolFull
   */
  async set(request: Request, password: string): Promise<void> {
    const current = currentSession(request);
    const id = requestSession(request)?.id;
    if (!current || id === undefined) throw new PortalProblem('NOT_SIGNED_IN', 'Please sign in.');
    const { account, key } = current;
    const next = await this.accounts.newPassword(password);
    await transaction(this.database, async (manager) => {
      // The account's row is locked first, as in every change that ends sessions. Two simultaneous changes therefore queue and
      // cannot deadlock. A session that ended while the hash was computed changes nothing.
      const replaced = await this.accounts.replacePassword(account, next, manager);
      if (!replaced || !(await this.sessions.restamp(id, account.stamp, next.stamp, manager)))
        throw new PortalProblem('NOT_SIGNED_IN', loginEnded);
      await this.sessions.endOthers(account.id, key, manager);
      const facts = { accountId: account.id, actor: actorOf(account), data: {} };
      await this.events.record('password.changed', facts, request, manager);
    });
  }
}
