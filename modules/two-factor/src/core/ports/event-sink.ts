import type { TwoFactorEvent } from '../events.js';

/** Where events go: audit, webhooks, whatever must not lose one. */
export abstract class EventSink {
  /** Resolves only when the event is kept. May be asked again with the same `id`: keep it once. */
  abstract take(event: TwoFactorEvent): Promise<void>;
}
