import { EventStore, type RecordedEvent } from '../../core/contracts/stores/event.store.js';
import type { ClaimedEvent, Tables } from './tables.js';
import type { Run } from './transaction-queue.js';

/** Events until their delivery, in memory. */
export class MemoryEventStore extends EventStore {
  constructor(
    private readonly tables: Tables,
    private readonly run: Run,
  ) {
    super();
  }

  record(events: readonly RecordedEvent[], claimedUntil: number): Promise<void> {
    return this.run(() => {
      for (const { event, sideEffects, tries } of events)
        if (!this.tables.events.has(event.id))
          this.tables.events.set(event.id, { ...copy({ event, sideEffects }), tries, claimedUntil });
    });
  }

  findDue(now: number, parkedAt: number, limit: number): Promise<readonly RecordedEvent[]> {
    return this.run(() =>
      [...this.tables.events.values()]
        .filter(({ claimedUntil, tries }) => claimedUntil <= now && tries < parkedAt)
        .sort(({ event: a }, { event: b }) => a.at - b.at || (a.id < b.id ? -1 : 1))
        .slice(0, limit)
        .map(({ event, sideEffects, tries }) => ({ ...copy({ event, sideEffects }), tries })),
    );
  }

  claim(id: string, now: number, until: number): Promise<boolean> {
    return this.run(() => {
      const recorded = this.tables.events.get(id);
      if (!recorded || recorded.claimedUntil > now) return false;
      this.tables.events.set(id, { ...recorded, claimedUntil: until });
      return true;
    });
  }

  markDelivered(ids: readonly string[]): Promise<void> {
    return this.run(() => ids.forEach((id) => this.tables.events.delete(id)));
  }

  markFailed(id: string, again: number): Promise<void> {
    return this.run(() => {
      const recorded = this.tables.events.get(id);
      if (!recorded) return;
      const later: ClaimedEvent = { ...recorded, tries: recorded.tries + 1, claimedUntil: again };
      this.tables.events.set(id, later);
    });
  }
}

/** As a database returns it: converted through JSON. */
function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
