import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actorOf, visitor } from '../common/actor.js';
import { clientAddress } from '../common/client.js';

/** The reason why a sign-in was refused. */
export type RefusalReason = 'credentials' | 'suspended' | 'gate-missing' | 'gate-contradicted';

/** Records refused sign-ins: a log line with a fixed format for fail2ban, and an event. */
@Injectable()
export class RefusedSignIns {
  private readonly logger = new Logger('SignIn');

  constructor(private readonly events: PortalEvents) {}

  /** `account`: the account of the typed address, if there is one. It is the actor only if its password was correct. */
  async tell(request: Request, reason: RefusalReason, account: Account | null): Promise<void> {
    this.line(request, reason);
    const actor = account && reason !== 'credentials' ? actorOf(account) : visitor;
    const facts = { accountId: account?.id ?? null, actor, data: { reason } };
    await this.events.record('login.failed', facts, request);
  }

  /**
   * Writes only the log line. Throttled requests are many and record no event; gates that refuse later record their own events.
   */
  line(request: Request, reason: string): void {
    this.logger.warn(`refused sign-in ip=${clientAddress(request)} reason=${reason}`);
  }
}
