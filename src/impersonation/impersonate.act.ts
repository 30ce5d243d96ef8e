import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import { currentSession } from '../auth/sessions/current-session.js';
import { PortalEvents } from '../events/portal-events.js';
import { actActor, type ActDone, type ActOrder } from '../staff/acts/act-order.js';
import { ActRefused } from '../staff/acts/act-refused.js';
import { StaffActRegistry } from '../staff/acts/act-registry.js';
import type { ActButton, PortalAct } from '../staff/acts/staff-act.js';
import { Impersonations } from './impersonations.js';

/** An agent begins to act as a client, in the agent's own session. Customers only. */
@Injectable()
export class ImpersonateAct implements PortalAct, OnModuleInit {
  readonly name = 'client.impersonate';
  readonly path = 'impersonate';
  readonly role = 'support';
  readonly limited = true;

  constructor(
    private readonly registry: StaffActRegistry,
    private readonly impersonations: Impersonations,
    private readonly events: PortalEvents,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  buttons({ role, suspended }: Account): readonly ActButton[] {
    if (role !== 'customer' || suspended) return [];
    return [{ label: 'staff-acts.impersonate', hint: 'staff-acts.impersonate-hint' }];
  }

  /** Refused before anybody is asked to approve it: nobody acts as staff. */
  before({ client }: ActOrder): Promise<void> {
    if (client.role === 'customer') return Promise.resolve();
    const sentence = 'Only customers can be impersonated.';
    return Promise.reject(new ActRefused('FORBIDDEN', 'not-a-customer', sentence, { clientId: client.id }));
  }

  async carryOut(order: ActOrder, manager: EntityManager): Promise<ActDone | null> {
    const { client, agent, request } = order;
    const session = currentSession(request);
    if (session?.account.id !== agent.id || client.role !== 'customer' || client.suspended) return null;
    const started = await this.impersonations.start(session, client, manager);
    if (!started) return null;
    const { id: impersonationId, expiresAt } = started;
    const until = new Date(expiresAt).toISOString();
    const ticket = order.ticket?.number ?? null;
    const data = { impersonationId, agent: agent.name, until, reason: order.reason, ticket };
    const facts = { accountId: client.id, actor: actActor(order), data };
    await this.events.record('impersonation.started', facts, request, manager);
    return { to: '/', json: { impersonation: { id: impersonationId, clientId: client.id, until } } };
  }
}
