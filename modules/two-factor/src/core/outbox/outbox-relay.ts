import { Injectable } from '@nestjs/common';
import { BatchingRelay, type OnDeliveryFailure } from 'typeorm-unit-of-work/outbox';
import { SideEffects } from './side-effects.js';
import { Clock } from '../contracts/ports/clock.js';
import { EventSink } from '../contracts/ports/event-sink.js';
import type { RecordedEvent } from '../contracts/stores/event.store.js';
import { Stores } from '../contracts/stores/stores.js';

/** How long an event belongs to the process that recorded it. After that, any node may deliver it. Milliseconds. */
export const CLAIM = 10_000;
/** After this many failures an event is parked: it stays in the table for an operator. */
export const DEAD_LETTER_AFTER = 10;

/** Delivers recorded events to the sink, and then runs their side effects. */
@Injectable()
export class OutboxRelay extends BatchingRelay<RecordedEvent> {
  /** The composition replaces it with a log line. */
  onFailure: OnDeliveryFailure<RecordedEvent> = () => undefined;

  constructor(
    stores: Stores,
    private readonly sink: EventSink,
    private readonly effects: SideEffects,
    clock: Clock,
  ) {
    super(stores.events, clock, {
      claimMs: CLAIM,
      maxTries: DEAD_LETTER_AFTER,
      // Each wait is twice as long as the one before. Ten of them bridge an outage of some hours.
      retryDelay: (failures) => CLAIM * 2 ** (failures - 1),
    });
  }

  override enqueue(recorded: readonly RecordedEvent[]): void {
    super.enqueue(recorded);
    // Ended sessions, cleared flags and mails do not wait for a batch. They still run after the answer.
    if (recorded.some(({ sideEffects }) => Object.keys(sideEffects).length > 0))
      setImmediate(() => this.flush());
  }

  protected async deliver(batch: readonly RecordedEvent[]): Promise<ReadonlyMap<string, unknown>> {
    const failures = new Map<string, unknown>();
    const isStored = await this.storeTogether(batch);
    for (const recorded of batch) {
      try {
        if (!isStored) await this.sink.store(recorded.event);
        await this.effects.run(recorded);
      } catch (error) {
        failures.set(recorded.event.id, error);
      }
    }
    return failures;
  }

  /** Returns false when the events must be stored one by one, so that a refused event does not block the others. */
  private async storeTogether(batch: readonly RecordedEvent[]): Promise<boolean> {
    if (batch.length === 1) return false;
    try {
      await this.sink.storeAll(batch.map(({ event }) => event));
      return true;
    } catch {
      return false;
    }
  }
}
