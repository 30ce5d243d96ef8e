import { Injectable } from '@nestjs/common';
import { BatchingRelay, type OnDeliveryFailure } from 'typeorm-unit-of-work/outbox';
import { SideEffects } from './side-effects.js';
import { Clock } from '../contracts/ports/clock.js';
import { EventSink } from '../contracts/ports/event-sink.js';
import type { RecordedEvent } from '../contracts/stores/event.store.js';
import { Stores } from '../contracts/stores/stores.js';

/** How long an event is its recorder's own to hand over, before any node may take it up. Milliseconds. */
export const CLAIM = 10_000;
/** An event refused this often is parked: it stays, and waits for a person. */
export const DEAD_LETTER_AFTER = 10;

/** Hands recorded events over: to the sink, and then to their side effects. */
@Injectable()
export class OutboxRelay extends BatchingRelay<RecordedEvent> {
  /** Replaced by the composition, which logs each refusal; silent on its own. */
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
      // Each refusal waits twice as long as the one before: ten of them bridge an outage of some hours.
      retryDelay: (failures) => CLAIM * 2 ** (failures - 1),
    });
  }

  override enqueue(recorded: readonly RecordedEvent[]): void {
    super.enqueue(recorded);
    // Sessions that are to end, a gate and mails wait for nobody; they still come behind the answer.
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

  /** False: to be taken one by one, so that the one which is refused holds up no other. */
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
