import { Logger } from '@nestjs/common';
import { type DataSource, LessThan, LessThanOrEqual } from 'typeorm';
import { Statements } from 'typeorm-unit-of-work';
import type { OutboxEntry, OutboxTable } from 'typeorm-unit-of-work/outbox';
import { PortalEventRow } from './portal-event.entity.js';
import type { PortalEvent } from './portal-event.js';

/** An event of the portal that is not delivered yet. */
export interface RecordedPortalEvent extends OutboxEntry {
  readonly event: PortalEvent;
}

/** The outbox of the portal: the rows of `portal_events`. */
export class PortalEventRepository implements OutboxTable<RecordedPortalEvent> {
  private readonly logger = new Logger('HandOver');

  constructor(private readonly database: DataSource) {}

  async findDue(now: number, maxTries: number, limit: number): Promise<RecordedPortalEvent[]> {
    const rows = await this.database.manager.find(PortalEventRow, {
      where: { claimedUntil: LessThanOrEqual(now), tries: LessThan(maxTries) },
      order: { createdAt: 'ASC' },
      take: limit,
    });
    return rows.flatMap((row) => this.entryOf(row) ?? []);
  }

  async claim(id: string, now: number, until: number): Promise<boolean> {
    const free = { id, claimedUntil: LessThanOrEqual(now) };
    const claimed = await this.database.manager.update(PortalEventRow, free, { claimedUntil: until });
    return claimed.affected === 1;
  }

  async markDelivered(ids: readonly string[]): Promise<void> {
    await new Statements(this.database).execute('DELETE FROM portal_events WHERE id IN (:ids)', { ids });
  }

  async markFailed(id: string, again: number): Promise<void> {
    const change = { tries: () => 'tries + 1', claimedUntil: again };
    await this.database.manager.update(PortalEventRow, { id }, change);
  }

  /** A row that was edited must not keep the others from being delivered. */
  private entryOf({ id, body, tries }: PortalEventRow): RecordedPortalEvent | null {
    try {
      // rows of an older release have no version
      return { event: { ...(JSON.parse(body) as PortalEvent), version: 1 }, tries };
    } catch {
      this.logger.error(`event ${id} cannot be read; it needs an operator`);
      return null;
    }
  }
}
