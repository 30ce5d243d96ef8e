import { Injectable } from '@nestjs/common';
import { AfterEffects } from './after-effects.js';
import { Clock } from '../contracts/ports/clock.js';
import { EventSink } from '../contracts/ports/event-sink.js';
import type { RecordedEvent } from '../contracts/stores/event.store.js';
import { Stores } from '../contracts/stores/stores.js';

/** How long an event is its recorder's own to hand over, before any node may take it up. Milliseconds. */
export const CLAIM = 10_000;
/** An event refused this often is parked: it stays, and waits for a person. */
export const PARKED_AT = 10;
/** How many events are handed over together, and how many one sweep takes up. */
const BATCH = 100;
/** How long a recorded event waits for company, in milliseconds. */
const GATHER = 50;
/** How many may wait here; more are left to the sweeps, so that a slow sink fills no memory. */
const MOST_WAITING = 1_000;

/** What happened to an event that was to be handed over. */
export type Outcome = 'kept' | 'refused' | 'parked';

/** Told of each refusal, so that a host can log it and raise an alarm when an event is parked. */
export type OnRefusal = (event: RecordedEvent['event'], outcome: Outcome, error: unknown) => void;

/** Hands recorded events over: at least once, with the same id, whatever is killed in between. */
@Injectable()
export class HandOver {
  private readonly waiting: RecordedEvent[] = [];
  private underWay: Promise<void> | null = null;
  private hurry = (): void => undefined;
  /** Replaced by the composition; silent on its own. */
  onRefusal: OnRefusal = () => undefined;

  constructor(
    private readonly stores: Stores,
    private readonly sink: EventSink,
    private readonly effects: AfterEffects,
    private readonly clock: Clock,
  ) {}

  /**
   * Hands over what this process has just recorded, in its order, behind the answer to the request: together with what
   * other requests record within a moment, so that a busy node hands over many at the price of one.
   */
  soon(recorded: readonly RecordedEvent[]): void {
    this.waiting.push(...recorded.slice(0, MOST_WAITING - this.waiting.length));
    if (this.waiting.length > 0) this.underWay ??= this.drain();
    // Sessions that are to end, a gate and mails wait for nobody; they still come behind the answer.
    if (recorded.some(({ followUp }) => Object.keys(followUp).length > 0)) setImmediate(this.hurry);
  }

  /** Takes up what other processes left behind. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    for (const recorded of await this.stores.events.due(now, PARKED_AT, BATCH)) {
      if (await this.stores.events.claim(recorded.event.id, now, now + CLAIM)) await this.give([recorded]);
    }
  }

  /** Resolves when nothing is under way: before a clean stop. Whoever waits for it need not wait for company. */
  async settled(): Promise<void> {
    while (this.underWay) {
      this.hurry();
      await this.underWay;
    }
  }

  private async drain(): Promise<void> {
    await this.gathered();
    await this.give(this.waiting.splice(0, BATCH));
    // What came meanwhile gathers again.
    this.underWay = this.waiting.length > 0 ? this.drain() : null;
  }

  private gathered(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, GATHER);
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async give(batch: readonly RecordedEvent[]): Promise<void> {
    const taken = await this.takenTogether(batch);
    const given: RecordedEvent[] = [];
    for (const recorded of batch) if (await this.gave(recorded, taken)) given.push(recorded);
    try {
      await this.stores.events.done(given.map(({ event }) => event.id));
    } catch (error) {
      for (const recorded of given) await this.refuse(recorded, error);
    }
  }

  /** False: to be taken one by one, so that the one which is refused holds up no other. */
  private async takenTogether(batch: readonly RecordedEvent[]): Promise<boolean> {
    if (batch.length === 1) return false;
    try {
      await this.sink.takeAll(batch.map(({ event }) => event));
      return true;
    } catch {
      return false;
    }
  }

  private async gave(recorded: RecordedEvent, taken: boolean): Promise<boolean> {
    try {
      if (!taken) await this.sink.take(recorded.event);
      await this.effects.of(recorded);
      return true;
    } catch (error) {
      await this.refuse(recorded, error);
      return false;
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
