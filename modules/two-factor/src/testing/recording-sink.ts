import type { TwoFactorEvent } from '../core/contracts/events.js';
import { EventSink } from '../core/contracts/ports/event-sink.js';

/** A sink that keeps every event once, and that can refuse events. */
export class RecordingSink extends EventSink {
  private readonly kept = new Map<string, TwoFactorEvent>();
  private failureEvents = 0;

  /** The stored events, in the order of arrival. */
  get events(): readonly TwoFactorEvent[] {
    return [...this.kept.values()];
  }

  /** Refuses the next `times` events. */
  refuse(times: number): void {
    this.failureEvents = times;
  }

  override async store(event: TwoFactorEvent): Promise<void> {
    if (this.failureEvents > 0) {
      this.failureEvents -= 1;
      throw new Error('The sink was told to refuse.');
    }
    if (!this.kept.has(event.id)) this.kept.set(event.id, event);
  }
}
