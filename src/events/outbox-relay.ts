import { setImmediate as turn } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { BatchingRelay, type OnDeliveryFailure } from 'typeorm-unit-of-work/outbox';
import { Clock } from '../clock.js';
import { EventBus } from './event-bus.js';
import type { EventSubscriber, PortalEvent } from './portal-event.js';
import { PortalEventRepository, type RecordedPortalEvent } from './portal-event.repository.js';

/** How long a claim lasts, how often a delivery is tried, and the longest wait between two tries. */
export const relayLimits = { claimMs: 30_000, maxTries: 10, longestWaitMs: 300_000 } as const;

/** The outbox relay. It delivers recorded events to all durable subscribers, and then publishes them on the event bus. */
@Injectable()
export class OutboxRelay extends BatchingRelay<RecordedPortalEvent> implements BeforeApplicationShutdown {
  private readonly logger = new Logger('HandOver');
  private readonly subscribers = new Set<EventSubscriber>();

  constructor(
    database: DataSource,
    clock: Clock,
    private readonly bus: EventBus,
  ) {
    super(new PortalEventRepository(database), clock, {
      claimMs: relayLimits.claimMs,
      maxTries: relayLimits.maxTries,
      retryDelay: (failures) => Math.min(1000 * 2 ** failures, relayLimits.longestWaitMs),
    });
  }

  /** From now on an event counts as delivered only when `subscriber` has kept it. */
  subscribe(subscriber: EventSubscriber): void {
    this.subscribers.add(subscriber);
  }

  /** Resolves when all events committed in this process before are delivered or refused. */
  override async settled(): Promise<void> {
    // The after-commit hooks start a moment later.
    await turn();
    await super.settled();
  }

  /** Never rejects. */
  @Interval(10_000)
  override async sweep(): Promise<void> {
    try {
      await super.sweep();
    } catch (error) {
      // The database is unavailable. The next sweep tries again, and the readiness probe reports it.
      this.logger.warn(`events could not be swept: ${String(error)}`);
    }
  }

  /** Runs before the shutdown hook, because the database is closed there. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  /** Every subscriber is called, also after one has failed: an undelivered mail must not delay the audit log. */
  protected async deliver(batch: readonly RecordedPortalEvent[]): Promise<ReadonlyMap<string, unknown>> {
    const events = batch.map(({ event }) => event);
    const refusals = await Promise.all([...this.subscribers].map((each) => refusalsOf(each, events)));
    return new Map(refusals.flatMap((each) => [...each]));
  }

  protected override async afterDelivery({ event }: RecordedPortalEvent): Promise<void> {
    await this.bus.publish(event);
  }

  protected readonly onFailure: OnDeliveryFailure<RecordedPortalEvent> = (entry, outcome, error) => {
    const { event, tries } = entry;
    const line = `event ${event.name} ${event.id} was not kept (try ${tries + 1}): ${String(error)}`;
    if (outcome === 'parked') this.logger.error(`${line}; parked, it needs an operator`);
    else this.logger.warn(line);
  };
}

/** The events that a subscriber could not keep, by id, each with the reason. */
async function refusalsOf(
  subscriber: EventSubscriber,
  events: readonly PortalEvent[],
): Promise<ReadonlyMap<string, unknown>> {
  if (await handledTogether(subscriber, events)) return new Map();
  const outcomes = await Promise.allSettled(events.map((event) => subscriber.handle(event)));
  return new Map(
    outcomes.flatMap((outcome, i): [string, unknown][] =>
      outcome.status === 'rejected' ? [[events[i]?.id ?? '', outcome.reason]] : [],
    ),
  );
}

/** Returns false when the events must be kept one by one, so that one bad event does not block the others. */
async function handledTogether(
  subscriber: EventSubscriber,
  events: readonly PortalEvent[],
): Promise<boolean> {
  if (!subscriber.handleAll || events.length === 1) return false;
  try {
    await subscriber.handleAll(events);
    return true;
  } catch {
    return false;
  }
}
