import { setImmediate as turn } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource, LessThan, LessThanOrEqual } from 'typeorm';
import { Clock } from '../clock.js';
import { Statements } from 'typeorm-unit-of-work';
import { EventBus } from './event-bus.js';
import { PortalEventRow } from './portal-event.entity.js';
import type { EventSubscriber, PortalEvent } from './portal-event.js';

/** How long a claim lasts, how often a refused event is tried, and how the waits between tries grow. */
export const handOverLimits = { claimMs: 30_000, parkedAt: 10, longestWaitMs: 300_000, batch: 100 } as const;

/** How long an event waits for others to share a batch, in milliseconds. */
const batchWindowMs = 50;

/**
 * Maximum number of events waiting in this process. Further ones are left to the sweeps, so a slow subscriber does not fill the
 * memory.
 */
const mostWaiting = 1_000;

/** An event to be delivered, and how often it was refused. */
interface Recorded {
  readonly event: PortalEvent;
  readonly tries: number;
}

/**
 * The outbox relay. It delivers recorded events to all durable subscribers, at least once and with the same id. It runs right
 * after the commit, and a sweep delivers the events that a killed process left behind.
 */
@Injectable()
export class OutboxRelay implements BeforeApplicationShutdown {
  private readonly logger = new Logger('HandOver');
  private readonly keepers = new Set<EventSubscriber>();
  private readonly waiting: PortalEvent[] = [];
  private underWay: Promise<void> | null = null;
  private hurry = (): void => undefined;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /** From now on an event counts as delivered only when `keeper` has kept it. */
  subscribe(keeper: EventSubscriber): void {
    this.keepers.add(keeper);
  }

  /**
   * Delivers an event whose row this process has claimed, in one batch with events of other requests. A busy node delivers many
   * at the price of one. Never rejects.
   */
  begin(event: PortalEvent): void {
    if (this.waiting.length < mostWaiting) this.waiting.push(event);
    this.underWay ??= this.drain();
  }

  /** Resolves when all events committed in this process before are delivered or refused. */
  async settled(): Promise<void> {
    // The after-commit hooks start a moment later.
    await turn();
    while (this.underWay) {
      this.hurry();
      await this.underWay;
    }
  }

  /** Delivers the due events: their claim has expired, or their next try has come. */
  @Interval(10_000)
  async sweep(): Promise<void> {
    try {
      for (const row of await this.due()) await this.retry(row);
    } catch (error) {
      // The database is unavailable. The next sweep tries again, and the readiness probe reports it.
      this.logger.warn(`events could not be swept: ${String(error)}`);
    }
  }

  /** Runs before the shutdown hook, because the database is closed there. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  private due(): Promise<PortalEventRow[]> {
    const { parkedAt, batch } = handOverLimits;
    return this.database.manager.find(PortalEventRow, {
      where: { claimedUntil: LessThanOrEqual(this.clock.now()), tries: LessThan(parkedAt) },
      order: { createdAt: 'ASC' },
      take: batch,
    });
  }

  private async retry(row: PortalEventRow): Promise<void> {
    if (!(await this.claim(row.id))) return;
    await this.deliver([{ event: JSON.parse(row.body) as PortalEvent, tries: row.tries }]);
  }

  /** Returns true for exactly one process. */
  private async claim(id: string): Promise<boolean> {
    const now = this.clock.now();
    const claimed = await this.database.manager.update(
      PortalEventRow,
      { id, claimedUntil: LessThanOrEqual(now) },
      { claimedUntil: now + handOverLimits.claimMs },
    );
    return claimed.affected === 1;
  }

  private waitForBatch(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, batchWindowMs);
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async drain(): Promise<void> {
    await this.waitForBatch();
    const batch = this.waiting.splice(0, handOverLimits.batch);
    await this.deliver(batch.map((event) => ({ event, tries: 0 })));
    // Events that arrived meanwhile form the next batch.
    this.underWay = this.waiting.length > 0 ? this.drain() : null;
  }

  private async deliver(batch: readonly Recorded[]): Promise<void> {
    const failures = await this.handleEverywhere(batch.map(({ event }) => event));
    const kept = batch.filter(({ event }) => !failures.has(event.id));
    await this.forget(kept.map(({ event }) => event.id)).catch((error: unknown) =>
      kept.forEach(({ event }) => failures.set(event.id, error)),
    );
    for (const { event, tries } of batch) {
      if (failures.has(event.id)) await this.recordFailure(event, tries + 1, failures.get(event.id));
      else await this.bus.publish(event);
    }
  }

  /** Every subscriber is called, also after one has failed: an undelivered mail must not delay the audit log. */
  private async handleEverywhere(events: readonly PortalEvent[]): Promise<Map<string, unknown>> {
    const failures = await Promise.all([...this.keepers].map((keeper) => refusalsOf(keeper, events)));
    return new Map(failures.flatMap((each) => [...each]));
  }

  private async forget(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await new Statements(this.database).execute('DELETE FROM portal_events WHERE id IN (:ids)', { ids });
  }

  private async recordFailure(event: PortalEvent, tries: number, error: unknown): Promise<void> {
    const parked = tries >= handOverLimits.parkedAt;
    const line = `event ${event.name} ${event.id} was not kept (try ${tries}): ${String(error)}`;
    if (parked) this.logger.error(`${line}; parked, it needs an operator`);
    else this.logger.warn(line);
    const again = this.clock.now() + Math.min(1000 * 2 ** tries, handOverLimits.longestWaitMs);
    // If this statement fails too, the claim expires and the sweep finds the event again.
    await this.database.manager
      .update(PortalEventRow, { id: event.id }, { tries, claimedUntil: again })
      .catch(() => undefined);
  }
}

/** The events that a subscriber could not keep, by id, each with the reason. */
async function refusalsOf(
  keeper: EventSubscriber,
  events: readonly PortalEvent[],
): Promise<ReadonlyMap<string, unknown>> {
  if (await handledTogether(keeper, events)) return new Map();
  const outcomes = await Promise.allSettled(events.map((event) => keeper.handle(event)));
  return new Map(
    outcomes.flatMap((outcome, i): [string, unknown][] =>
      outcome.status === 'rejected' ? [[events[i]?.id ?? '', outcome.reason]] : [],
    ),
  );
}

/** Returns false when the events must be kept one by one, so that one bad event does not block the others. */
async function handledTogether(keeper: EventSubscriber, events: readonly PortalEvent[]): Promise<boolean> {
  if (!keeper.handleAll || events.length === 1) return false;
  try {
    await keeper.handleAll(events);
    return true;
  } catch {
    return false;
  }
}
