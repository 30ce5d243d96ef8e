import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actorOf, visitor } from '../common/actor.js';
import { clientAddress } from '../common/client.js';

/** Why a sign-in was refused. */
export type RefusalReason = 'credentials' | 'suspended' | 'gate-missing' | 'gate-contradicted';

/** Tells of refused sign-ins: a log line with a fixed shape for fail2ban, and an event. */
@Injectable()
export class RefusedSignIns {
  private readonly logger = new Logger('SignIn');

  constructor(private readonly events: PortalEvents) {}

  /** `account`: whose address was typed, if anybody's. It acts only where its password was right. */
  async tell(request: Request, reason: RefusalReason, account: Account | null): Promise<void> {
    this.line(request, reason);
    const actor = account && reason !== 'credentials' ? actorOf(account) : visitor;
    const facts = { accountId: account?.id ?? null, actor, data: { reason } };
    await this.events.record('login.failed', facts, request);
  }

  /** The line alone: throttled answers are many and write no event; gates that refuse later write their own. */
  line(request: Request, reason: string): void {
    this.logger.warn(`refused sign-in ip=${clientAddress(request)} reason=${reason}`);
  }
}
