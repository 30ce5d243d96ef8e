import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { columnText, kept } from '../database/column-text.js';
import { OutboxRelay } from '../events/outbox-relay.js';
import type { EventSubscriber, PortalEvent } from '../events/portal-event.js';
import { insertIgnore, Statements, type Table } from 'typeorm-unit-of-work';
import { AuditEntryRow } from './audit-entry.entity.js';
import type { Span } from './days.js';

/** The position where a page of the list ends; the next page begins after it. */
export interface AuditPlace {
  readonly at: number;
  readonly eventId: string;
}

/** The filter of a query; a field that is left out does not filter. */
export interface AuditQuery extends Span {
  readonly name?: string;
  readonly accountId?: string;
  readonly after?: AuditPlace;
  readonly limit: number;
}

/** Every sign-in adds entries, so the insert statement is written by hand. */
const entries: Table = {
  name: 'audit_entries',
  columns: [
    'event_id',
    'at',
    'name',
    'account_id',
    'actor_type',
    'actor_id',
    'ip',
    'user_agent',
    'request_id',
    'data',
  ],
  maxLengths: {},
};

/** The audit log: append-only, one entry for each event. */
@Injectable()
export class Audit implements EventSubscriber, OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly outboxRelay: OutboxRelay,
  ) {}

  onModuleInit(): void {
    this.outboxRelay.subscribe(this);
  }

  /** Adds the entry of an event, in the transaction of `manager` if it is given. An event that is already stored is ignored. */
  handle(event: PortalEvent, manager?: EntityManager): Promise<void> {
    return this.handleAll([event], manager);
  }

  /** Adds the entries of several events in one statement. */
  async handleAll(events: readonly PortalEvent[], manager = this.database.manager): Promise<void> {
    await insertIgnore(new Statements(this.database, manager), entries, events.map(entryOf));
  }

  /** Newest first. Keyset pagination, not offset: entries that are added meanwhile shift nothing. */
  list({ name, accountId, since, until, after, limit }: AuditQuery): Promise<AuditEntryRow[]> {
    const query = this.database.manager.createQueryBuilder(AuditEntryRow, 'entry');
    if (name) query.andWhere('entry.name = :name', { name });
    if (accountId) query.andWhere('entry.accountId = :accountId', { accountId });
    if (since !== undefined) query.andWhere('entry.at >= :since', { since });
    if (until !== undefined) query.andWhere('entry.at < :until', { until });
    if (after) query.andWhere(behind, { at: after.at, eventId: after.eventId });
    return query.orderBy('entry.at', 'DESC').addOrderBy('entry.eventId', 'DESC').limit(limit).getMany();
  }

  /** The latest entries about one account, newest first; only of the named events, if names are given. */
  listOf(accountId: string, limit: number, names?: readonly string[]): Promise<AuditEntryRow[]> {
    return this.database.manager.find(AuditEntryRow, {
      where: { accountId, ...(names && { name: In([...names]) }) },
      order: { at: 'DESC', eventId: 'DESC' },
      take: limit,
    });
  }
}

// The first condition alone lets the database start its index scan at the right place.
const behind = 'entry.at <= :at AND (entry.at < :at OR entry.eventId < :eventId)';

/**
 * Cuts the values to the lengths of the columns. MariaDB's insert-or-ignore would cut them silently, and PostgreSQL would
 * refuse them.
 */
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
