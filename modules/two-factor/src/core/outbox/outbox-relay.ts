import { Injectable } from '@nestjs/common';
import { SideEffects } from './side-effects.js';
import { Clock } from '../contracts/ports/clock.js';
import { EventSink } from '../contracts/ports/event-sink.js';
import type { RecordedEvent } from '../contracts/stores/event.store.js';
import { Stores } from '../contracts/stores/stores.js';

/** How long only the process that recorded an event may deliver it, in milliseconds. Afterwards any node may. */
export const CLAIM = 10_000;
/** After this many failures an event is parked: it stays in the table, and an operator must act. */
export const DEAD_LETTER_AFTER = 10;
/** The maximum number of events in one delivery and in one sweep. */
const BATCH = 100;
/** How long the relay waits for more events before a delivery, in milliseconds. */
const BATCH_WINDOW = 50;
/**
 * The maximum number of events in the queue. Sweeps deliver the others, so that a slow sink does not fill the memory.
 */
const MAX_WAITING = 1_000;

/** The result of a delivery. */
export type DeliveryOutcome = 'kept' | 'refused' | 'parked';

/** Called after each failure, so that a host can log it, and raise an alarm when an event is parked. */
export type OnDeliveryFailure = (
  event: RecordedEvent['event'],
  outcome: DeliveryOutcome,
  error: unknown,
) => void;

/** Delivers recorded events: at least once, with the same id, even if a process is killed. */
@Injectable()
export class OutboxRelay {
  private readonly waiting: RecordedEvent[] = [];
  private running: Promise<void> | null = null;
  private flush = (): void => undefined;
  /** The composition replaces it; by default it does nothing. */
  onFailure: OnDeliveryFailure = () => undefined;

  constructor(
    private readonly stores: Stores,
    private readonly sink: EventSink,
    private readonly effects: SideEffects,
    private readonly clock: Clock,
  ) {}

  /**
   * Delivers the events that this process has just recorded, in their order and after the response. It collects the
   * events of other requests for a moment, because a batch costs about as much as a single event.
   */
  enqueue(recorded: readonly RecordedEvent[]): void {
    this.waiting.push(...recorded.slice(0, MAX_WAITING - this.waiting.length));
    if (this.waiting.length > 0) this.running ??= this.drain();
    // Side effects end sessions, clear flags and send mails, so they do not wait for the batch. They still run after
    // the response.
    if (recorded.some(({ sideEffects }) => Object.keys(sideEffects).length > 0)) setImmediate(this.flush);
  }

  /** Delivers events that other processes left. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    for (const recorded of await this.stores.events.findDue(now, DEAD_LETTER_AFTER, BATCH)) {
      if (await this.stores.events.claim(recorded.event.id, now, now + CLAIM))
        await this.deliverBatch([recorded]);
    }
  }

  /** Resolves when no delivery is running, before a clean stop. It does not wait for the batch window. */
  async settled(): Promise<void> {
    while (this.running) {
      this.flush();
      await this.running;
    }
  }

  private async drain(): Promise<void> {
    await this.waitForBatch();
    await this.deliverBatch(this.waiting.splice(0, BATCH));
    // Events that arrived during the delivery form the next batch.
    this.running = this.waiting.length > 0 ? this.drain() : null;
  }

  private waitForBatch(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, BATCH_WINDOW);
      this.flush = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async deliverBatch(batch: readonly RecordedEvent[]): Promise<void> {
    const taken = await this.storeTogether(batch);
    const given: RecordedEvent[] = [];
    for (const recorded of batch) if (await this.deliver(recorded, taken)) given.push(recorded);
    try {
      await this.stores.events.markDelivered(given.map(({ event }) => event.id));
    } catch (error) {
      for (const recorded of given) await this.recordFailure(recorded, error);
    }
  }

  /** False when the events must be delivered one by one, so that a refused one does not delay the others. */
  private async storeTogether(batch: readonly RecordedEvent[]): Promise<boolean> {
    if (batch.length === 1) return false;
    try {
      await this.sink.storeAll(batch.map(({ event }) => event));
      return true;
    } catch {
      return false;
    }
  }

  private async deliver(recorded: RecordedEvent, taken: boolean): Promise<boolean> {
    try {
      if (!taken) await this.sink.store(recorded.event);
      await this.effects.run(recorded);
      return true;
    } catch (error) {
      await this.recordFailure(recorded, error);
      return false;
    }
  }

  private async recordFailure(recorded: RecordedEvent, error: unknown): Promise<void> {
    this.onFailure(recorded.event, recorded.tries + 1 >= DEAD_LETTER_AFTER ? 'parked' : 'refused', error);
    try {
      // Each failure doubles the wait: ten of them last longer than an outage of some hours.
      await this.stores.events.markFailed(recorded.event.id, this.clock.now() + CLAIM * 2 ** recorded.tries);
    } catch (unreachable) {
      // The claim ends by itself, so the event is due again. Only this failure is not counted.
      this.onFailure(recorded.event, 'refused', unreachable);
    }
  }
}
