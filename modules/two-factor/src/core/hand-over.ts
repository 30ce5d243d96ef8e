import { Injectable } from '@nestjs/common';
import { AfterEffects } from './after-effects.js';
import { Clock } from './ports/clock.js';
import { EventSink } from './ports/event-sink.js';
import type { RecordedEvent } from './stores/event.store.js';
import { Stores } from './stores/stores.js';

/** How long an event is its recorder's own to hand over, before any node may take it up. Milliseconds. */
export const CLAIM = 10_000;
/** An event refused this often is parked: it stays, and waits for a person. */
export const PARKED_AT = 10;
/** How many events one sweep takes up. */
const BATCH = 100;

/** What happened to an event that was to be handed over. */
export type Outcome = 'kept' | 'refused' | 'parked';

/** Told of each refusal, so that a host can log it and raise an alarm when an event is parked. */
export type OnRefusal = (event: RecordedEvent['event'], outcome: Outcome, error: unknown) => void;

/** Hands recorded events over: at least once, with the same id, whatever is killed in between. */
@Injectable()
export class HandOver {
  private readonly underWay = new Set<Promise<void>>();
  /** Replaced by the composition; silent on its own. */
  onRefusal: OnRefusal = () => undefined;

  constructor(
    private readonly stores: Stores,
    private readonly sink: EventSink,
    private readonly effects: AfterEffects,
    private readonly clock: Clock,
  ) {}

  /** Hands over what this process has just recorded, in its order, behind the answer to the request. */
  soon(recorded: readonly RecordedEvent[]): void {
    if (recorded.length > 0) this.track(this.inOrder(recorded));
  }

  /** Takes up what other processes left behind. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    for (const recorded of await this.stores.events.due(now, PARKED_AT, BATCH)) {
      if (await this.stores.events.claim(recorded.event.id, now, now + CLAIM)) await this.give(recorded);
    }
  }

  /** Resolves when nothing is under way: before a clean stop. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private track(work: Promise<void>): void {
    const tracked = work.finally(() => this.underWay.delete(tracked));
    this.underWay.add(tracked);
  }

  private async inOrder(recorded: readonly RecordedEvent[]): Promise<void> {
    for (const each of recorded) await this.give(each);
  }

  private async give(recorded: RecordedEvent): Promise<void> {
    try {
      await this.sink.take(recorded.event);
      await this.effects.of(recorded);
      await this.stores.events.done(recorded.event.id);
    } catch (error) {
      await this.refuse(recorded, error);
    }
  }

  private async refuse(recorded: RecordedEvent, error: unknown): Promise<void> {
    this.onRefusal(recorded.event, recorded.tries + 1 >= PARKED_AT ? 'parked' : 'refused', error);
    try {
      // Each refusal waits twice as long as the one before: ten of them bridge an outage of some hours.
      await this.stores.events.refused(recorded.event.id, this.clock.now() + CLAIM * 2 ** recorded.tries);
    } catch (unreachable) {
      // The claim runs out by itself, so the event comes up again; the refusal alone goes uncounted.
      this.onRefusal(recorded.event, 'refused', unreachable);
    }
  }
}
