import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Sessions } from '../../auth/sessions/sessions.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actActor, type ActDone, actEvent, type ActOrder } from '../acts/act-order.js';
import { StaffActRegistry } from '../acts/act-registry.js';
import type { ActButton, PortalAct } from '../acts/staff-act.js';

/** Ends all sessions and pending logins of a client. */
@Injectable()
export class EndSessionsAct implements PortalAct, OnModuleInit {
  readonly name = 'sessions.end';
  readonly path = 'sessions/end';
  readonly role = 'support';
  readonly limited = true;

  constructor(
    private readonly registry: StaffActRegistry,
    private readonly sessions: Sessions,
    private readonly events: PortalEvents,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** A suspended account has no sessions. */
  buttons({ suspended }: Account): readonly ActButton[] {
    if (suspended) return [];
    return [{ label: 'staff-acts.end-sessions', hint: 'staff-acts.end-sessions-hint', danger: true }];
  }

  async carryOut(order: ActOrder, manager: EntityManager): Promise<ActDone | null> {
    const { id: accountId } = order.client;
    const sessions = await this.sessions.endOthers(accountId, null, manager);
    if (sessions === 0) return null;
    const { reason: staffReason, ticket, approvedBy } = actEvent(order);
    const data = { reason: 'staff', sessions, staffReason, ticket, approvedBy };
    const facts = { accountId, actor: actActor(order), data };
    await this.events.record('session.ended', facts, order.request, manager);
    return { json: { sessions } };
  }
}
