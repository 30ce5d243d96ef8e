import { Injectable } from '@nestjs/common';
import { SideEffects } from './side-effects.js';
import { Clock } from '../contracts/ports/clock.js';
import { EventSink } from '../contracts/ports/event-sink.js';
import type { RecordedEvent } from '../contracts/stores/event.store.js';
import { Stores } from '../contracts/stores/stores.js';

/** How long an event is its recorder's own to hand over, before any node may take it up. Milliseconds. */
export const CLAIM = 10_000;
/** An event refused this often is parked: it stays, and waits for a person. */
export const DEAD_LETTER_AFTER = 10;
/** How many events are handed over together, and how many one sweep takes up. */
const BATCH = 100;
/** How long a recorded event waits for company, in milliseconds. */
const BATCH_WINDOW = 50;
/** How many may wait here; more are left to the sweeps, so that a slow sink fills no memory. */
const MAX_WAITING = 1_000;

/** What happened to an event that was to be handed over. */
export type DeliveryOutcome = 'kept' | 'refused' | 'parked';

/** Told of each refusal, so that a host can log it and raise an alarm when an event is parked. */
export type OnDeliveryFailure = (
  event: RecordedEvent['event'],
  outcome: DeliveryOutcome,
  error: unknown,
) => void;

/** Hands recorded events over: at least once, with the same id, whatever is killed in between. */
@Injectable()
export class OutboxRelay {
  private readonly waiting: RecordedEvent[] = [];
  private running: Promise<void> | null = null;
  private flush = (): void => undefined;
  /** Replaced by the composition; silent on its own. */
  onFailure: OnDeliveryFailure = () => undefined;

  constructor(
    private readonly stores: Stores,
    private readonly sink: EventSink,
    private readonly effects: SideEffects,
    private readonly clock: Clock,
  ) {}

  /**
   * Hands over what this process has just recorded, in its order, behind the answer to the request: together with what
   * other requests record within a moment, so that a busy node hands over many at the price of one.
   */
  enqueue(recorded: readonly RecordedEvent[]): void {
    this.waiting.push(...recorded.slice(0, MAX_WAITING - this.waiting.length));
    if (this.waiting.length > 0) this.running ??= this.drain();
    // Sessions that are to end, a gate and mails wait for nobody; they still come behind the answer.
    if (recorded.some(({ sideEffects }) => Object.keys(sideEffects).length > 0)) setImmediate(this.flush);
  }

  /** Takes up what other processes left behind. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    for (const recorded of await this.stores.events.findDue(now, DEAD_LETTER_AFTER, BATCH)) {
      if (await this.stores.events.claim(recorded.event.id, now, now + CLAIM))
        await this.deliverBatch([recorded]);
    }
  }

  /** Resolves when nothing is under way: before a clean stop. Whoever waits for it need not wait for company. */
  async settled(): Promise<void> {
    while (this.running) {
      this.flush();
      await this.running;
    }
  }

  private async drain(): Promise<void> {
    await this.waitForBatch();
    await this.deliverBatch(this.waiting.splice(0, BATCH));
    // What came meanwhile gathers again.
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
      // Each refusal waits twice as long as the one before: ten of them bridge an outage of some hours.
      await this.stores.events.markFailed(recorded.event.id, this.clock.now() + CLAIM * 2 ** recorded.tries);
    } catch (unreachable) {
      // The claim runs out by itself, so the event comes up again; the refusal alone goes uncounted.
      this.onFailure(recorded.event, 'refused', unreachable);
    }
  }
}
