import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { actedBy } from './acted-by.js';
import type { PortalEventData, PortalEventName } from './catalogue.js';
import { AfterCommit } from 'typeorm-unit-of-work';
import { OutboxRelay, relayLimits } from './outbox-relay.js';
import { type Origin, requestOrigin } from './origin.js';
import { Statements } from 'typeorm-unit-of-work';
import type { Actor, PortalEvent } from './portal-event.js';

/** The content of an event, without its origin. */
export interface EventFacts<Name extends PortalEventName> {
  readonly accountId: string | null;
  readonly actor: Actor;
  readonly data: PortalEventData[Name];
}

const insertEvent = `INSERT INTO portal_events (id, body, tries, claimed_until, created_at)
  VALUES (:id, :body, :tries, :claimedUntil, :createdAt)`;

/** Records the portal's own events exactly once, in the transaction of their change. */
@Injectable()
export class PortalEvents {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly commits: AfterCommit,
    private readonly outboxRelay: OutboxRelay,
  ) {}

  /**
   * Runs one statement in the transaction of `manager` (without one: at once). The delivery follows the commit, and the caller
   * does not wait for it. Rejects when the event cannot be written, so that the transaction is rolled back.
   */
  async record<Name extends PortalEventName>(
    name: Name,
    facts: EventFacts<Name>,
    request: Request | null,
    manager = this.database.manager,
  ): Promise<PortalEvent> {
    const at = this.clock.now();
    const event = this.event(name, facts, at, requestOrigin(request));
    return this.insert(actedBy(request, event), at, manager);
  }

  /** Records an event of an earlier request, with its time (UTC ms) and origin. */
  async recordPast<Name extends PortalEventName>(
    name: Name,
    facts: EventFacts<Name>,
    { at, ...origin }: Origin & { readonly at: number },
    manager: EntityManager,
  ): Promise<PortalEvent> {
    return this.insert(this.event(name, facts, at, origin), this.clock.now(), manager);
  }

  private async insert(event: PortalEvent, now: number, manager: EntityManager): Promise<PortalEvent> {
    await new Statements(this.database, manager).executeWithCommit(insertEvent, valuesOf(event, now));
    this.commits.run(manager, () => this.outboxRelay.enqueue([{ event, tries: 0 }]));
    return event;
  }

  private event<Name extends PortalEventName>(
    name: Name,
    facts: EventFacts<Name>,
    at: number,
    { ip, userAgent, requestId }: Origin,
  ): PortalEvent {
    const { accountId, actor, data } = facts;
    return {
      id: randomUUID(),
      name,
      version: 1,
      at,
      accountId,
      actor,
      ip,
      userAgent,
      requestId,
      data,
    };
  }
}

function valuesOf(event: PortalEvent, now: number) {
  const claimedUntil = now + relayLimits.claimMs;
  return { id: event.id, body: JSON.stringify(event), tries: 0, claimedUntil, createdAt: event.at };
}
