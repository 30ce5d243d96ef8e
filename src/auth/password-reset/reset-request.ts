import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Accounts } from '../../accounts/accounts.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actorOf, visitor } from '../actor.js';
import { clientAddress } from '../client.js';
import { currentSession } from '../current-session.js';
import { ResetLimits } from './reset-limits.js';
import { ResetLinks } from './reset-links.js';

/** Has a link too, which is mailed to nobody: what is done for an address must not tell whether anybody has it. */
const nobody = { id: 'nobody', stamp: 'nobody' };

/** Somebody asks for a link to replace a password. */
@Injectable()
export class ResetRequest {
  constructor(
    private readonly accounts: Accounts,
    private readonly limits: ResetLimits,
    private readonly links: ResetLinks,
    private readonly units: UnitOfWork,
    private readonly events: PortalEvents,
  ) {}

  /**
   * Known, unknown and suspended look alike and cost alike (ASVS 6.3.8): the same statements, and the mail follows the
   * event, so nobody waits for it.
   * @throws PortalProblem TOO_MANY_ATTEMPTS
   */
  async ask(request: Request, email: string): Promise<void> {
    await this.limits.enter(email, clientAddress(request));
    const account = await this.accounts.byEmail(email);
    const viewer = currentSession(request)?.account;
    const actor = viewer ? actorOf(viewer) : visitor;
    const facts = { accountId: account?.id ?? null, actor, data: {} };
    const { id: accountId, stamp } = account && !account.suspended ? account : nobody;
    await this.units.run(async (manager) => {
      const event = await this.events.record('password.reset-requested', facts, request, manager);
      await this.links.issue({ accountId, stamp }, event.id, manager);
    });
  }
}
