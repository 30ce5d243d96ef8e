import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Suspensions } from '../../accounts/suspensions.service.js';
import { Sessions } from '../../auth/sessions/sessions.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actActor, type ActDone, actEvent, type ActOrder } from '../acts/act-order.js';
import { StaffActRegistry } from '../acts/act-registry.js';
import type { ActButton, PortalAct } from '../acts/staff-act.js';

/** Suspends an account: it cannot sign in, its sessions and pending logins end, and its mailed links are void. */
@Injectable()
export class SuspendAct implements PortalAct, OnModuleInit {
  readonly name = 'account.suspend';
  readonly path = 'suspend';
  readonly role = 'support';
  readonly limited = true;

  constructor(
    private readonly registry: StaffActRegistry,
    private readonly suspensions: Suspensions,
    private readonly sessions: Sessions,
    private readonly events: PortalEvents,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  buttons({ suspended }: Account): readonly ActButton[] {
    if (suspended) return [];
    return [{ label: 'staff-acts.suspend', hint: 'staff-acts.suspend-hint', danger: true }];
  }

  async carryOut(order: ActOrder, manager: EntityManager): Promise<ActDone | null> {
    const { id: accountId } = order.client;
    if (!(await this.suspensions.suspend(accountId, manager))) return null;
    const sessions = await this.sessions.endOthers(accountId, null, manager);
    const facts = { accountId, actor: actActor(order), data: { ...actEvent(order), sessions } };
    await this.events.record('account.suspended', facts, order.request, manager);
    return { json: { sessions } };
  }
}
