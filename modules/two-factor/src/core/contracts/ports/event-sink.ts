import type { TwoFactorEvent } from '../events.js';

/** Where events go: audit, webhooks, whatever must not lose one. */
export abstract class EventSink {
  /** Resolves only when the event is kept. May be asked again with the same `id`: keep it once. */
  abstract store(event: TwoFactorEvent): Promise<void>;

  /**
   * Resolves only when each of them is kept, in this order. Override it where several cost little more than one; a
   * rejection has them all asked for again, one by one.
   */
  async storeAll(events: readonly TwoFactorEvent[]): Promise<void> {
    for (const event of events) await this.store(event);
  }
}
