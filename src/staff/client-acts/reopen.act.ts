import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Suspensions } from '../../accounts/suspensions.service.js';
import { PortalEvents } from '../../events/portal-events.js';
import { actActor, type ActDone, actEvent, type ActOrder } from '../acts/act-order.js';
import { StaffActRegistry } from '../acts/act-registry.js';
import type { ActButton, PortalAct } from '../acts/staff-act.js';

/** Reopens a suspended account: it can sign in again, with the password and the factors that it had. */
@Injectable()
export class ReopenAct implements PortalAct, OnModuleInit {
  readonly name = 'account.reopen';
  readonly path = 'reopen';
  readonly role = 'support';
  readonly limited = true;

  constructor(
    private readonly registry: StaffActRegistry,
    private readonly suspensions: Suspensions,
    private readonly events: PortalEvents,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  buttons({ suspended }: Account): readonly ActButton[] {
    return suspended ? [{ label: 'staff-acts.reopen', hint: 'staff-acts.reopen-hint' }] : [];
  }

  async carryOut(order: ActOrder, manager: EntityManager): Promise<ActDone | null> {
    const { id: accountId } = order.client;
    if (!(await this.suspensions.reopen(accountId, manager))) return null;
    const facts = { accountId, actor: actActor(order), data: actEvent(order) };
    await this.events.record('account.reopened', facts, order.request, manager);
    return {};
  }
}
