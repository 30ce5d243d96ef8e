import type { TwoFactorEvent } from '../events.js';

/** The receiver of events, e.g. an audit log or webhooks, which must not lose one. */
export abstract class EventSink {
  /** Resolves only when the event is stored. Can be called again with the same `id`, which must be stored once. */
  abstract store(event: TwoFactorEvent): Promise<void>;

  /**
   * Resolves only when all of them are stored, in this order. Override it where one statement can store several. After
   * a rejection each of them is passed to `store`, one by one.
   */
  async storeAll(events: readonly TwoFactorEvent[]): Promise<void> {
    for (const event of events) await this.store(event);
  }
}
