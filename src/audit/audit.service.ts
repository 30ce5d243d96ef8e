import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { columnText, kept } from '../database/column-text.js';
import { HandOver } from '../events/hand-over.js';
import type { EventKeeper, PortalEvent } from '../events/portal-event.js';
import { insertIgnore, Statements, type Table } from 'typeorm-unit-of-work';
import { AuditEntryRow } from './audit-entry.entity.js';
import type { Span } from './days.js';

/** Where a page of the list ends; the next one begins behind it. */
export interface AuditPlace {
  readonly at: number;
  readonly eventId: string;
}

/** Which entries are wanted; what is left out does not narrow. */
export interface AuditQuery extends Span {
  readonly name?: string;
  readonly accountId?: string;
  readonly after?: AuditPlace;
  readonly limit: number;
}

/** Every sign-in adds some, so they are inserted by hand. */
const entries: Table = {
  name: 'audit_entries',
  columns: [
    ...['event_id', 'at', 'name', 'account_id', 'actor_type', 'actor_id'],
    ...['ip', 'user_agent', 'request_id', 'data'],
  ],
  maxLengths: {},
};

/** The record of what happened: append-only, one entry an event. */
@Injectable()
export class Audit implements EventKeeper, OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly handOver: HandOver,
  ) {}

  onModuleInit(): void {
    this.handOver.register(this);
  }

  /** Adds the event's entry, in the unit of `manager` where one is given. An event kept before is left alone. */
  keep(event: PortalEvent, manager?: EntityManager): Promise<void> {
    return this.keepAll([event], manager);
  }

  /** The same for several, in one statement. */
  async keepAll(events: readonly PortalEvent[], manager = this.database.manager): Promise<void> {
    await insertIgnore(new Statements(this.database, manager), entries, events.map(entryOf));
  }

  /** Newest first. Keyset, not offset: entries that arrive meanwhile shift nothing. */
  list({ name, accountId, since, until, after, limit }: AuditQuery): Promise<AuditEntryRow[]> {
    const query = this.database.manager.createQueryBuilder(AuditEntryRow, 'entry');
    if (name) query.andWhere('entry.name = :name', { name });
    if (accountId) query.andWhere('entry.accountId = :accountId', { accountId });
    if (since !== undefined) query.andWhere('entry.at >= :since', { since });
    if (until !== undefined) query.andWhere('entry.at < :until', { until });
    if (after) query.andWhere(behind, { at: after.at, eventId: after.eventId });
    return query.orderBy('entry.at', 'DESC').addOrderBy('entry.eventId', 'DESC').limit(limit).getMany();
  }

  /** The latest entries about one account, newest first; of these events, where some are named. */
  ofAccount(accountId: string, limit: number, names?: readonly string[]): Promise<AuditEntryRow[]> {
    return this.database.manager.find(AuditEntryRow, {
      where: { accountId, ...(names && { name: In([...names]) }) },
      order: { at: 'DESC', eventId: 'DESC' },
      take: limit,
    });
  }
}

// The first half alone is what databases begin an index at.
const behind = 'entry.at <= :at AND (entry.at < :at OR entry.eventId < :eventId)';

/** Cut to the columns' lengths here: MariaDB's insert-or-ignore would cut in silence, PostgreSQL refuse. */
function entryOf(event: PortalEvent) {
  return {
    event_id: event.id.slice(0, 64),
    at: event.at,
    name: event.name.slice(0, 100),
    account_id: event.accountId,
    actor_type: event.actor.type,
    actor_id: event.actor.id.slice(0, 64),
    ip: cut(event.ip, kept.address),
    user_agent: cut(event.userAgent, kept.agent),
    request_id: cut(event.requestId, kept.requestId),
    data: JSON.stringify(event.data),
  };
}

function cut(text: string | null, most: number): string | null {
  return text === null ? null : columnText(text, most);
}
